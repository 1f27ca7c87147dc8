package io.tillstream.ledgersink.settlement.files;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a NACHA file of CCD or PPD entries by the standard's rules, record by record, and counts again what its control
 * records say. It shares the records' columns with the writer but none of its sums, and changes nothing.
 *
 * <p>Three stages, each only if the one before found nothing: shape of the lines, order of the records, contents.
 */
public final class NachaValidator {

    private final List<String> lines;
    private final List<NachaFault> faults;
    private final List<NachaReading.Batch> batches = new ArrayList<>();
    private NachaTally fileTally = NachaTally.NONE;

    /** The batch being read. */
    private BatchHeader header;

    private List<NachaReading.Entry> entries = new ArrayList<>();
    private NachaTally batchTally = NachaTally.NONE;
    private String lastTrace = "";

    private NachaValidator(List<String> lines, List<NachaFault> faults) {
        this.lines = lines;
        this.faults = faults;
    }

    /**
     * Every rule that the file breaks, in its order.
     *
     * @param file the whole file
     * @return empty for a file that keeps the standard
     */
    public static List<NachaFault> validate(byte[] file) {
        return read(file).faults();
    }

    static NachaReading read(byte[] file) {
        List<NachaFault> faults = new ArrayList<>();
        List<String> lines = NachaLines.split(file, faults);
        if (!faults.isEmpty()) {
            return NachaReading.unreadable(faults);
        }
        int control = NachaLines.order(lines, faults);
        if (!faults.isEmpty()) {
            return NachaReading.unreadable(faults);
        }
        NachaValidator validator = new NachaValidator(lines, faults);
        validator.records(control);
        return new NachaReading(faults, validator.batches, validator.fileTally);
    }

    private void records(int control) {
        for (int index = 0; index <= control; index++) {
            RecordReader in = new RecordReader(index + 1, lines.get(index), faults);
            char type = type(index);
            switch (type) {
                case '1' -> FileHeader.read(in);
                case '5' -> beginBatch(in);
                case '6' -> entry(in, type(index + 1) == '7');
                case '7' -> addenda(in);
                case '8' -> endBatch(in);
                case '9' -> FileControl.read(in, batches.size(), FileControl.blocks(lines.size()), fileTally);
                default -> throw new IllegalStateException("order let record type " + type + " through");
            }
        }
    }

    private char type(int index) {
        return lines.get(index).charAt(0);
    }

    private void beginBatch(RecordReader in) {
        long before = header == null ? 0 : header.batchNumber();
        header = BatchHeader.read(in);
        in.require(header.batchNumber() > before, 88, 94, "batch number does not rise within the file");
        entries = new ArrayList<>();
        batchTally = NachaTally.NONE;
        lastTrace = "";
    }

    private void entry(RecordReader in, boolean addendaFollows) {
        EntryDetail entry = EntryDetail.read(in);
        TransactionCode code = entry.transactionCode();
        boolean fits = ServiceClass.of(header.serviceClassCode())
                .map(serviceClass -> serviceClass.allows(code))
                .orElse(true);
        in.require(
                fits,
                2,
                3,
                "transaction code " + code.code() + " in a batch of service class " + header.serviceClassCode());
        in.require(
                code.movesMoney() || header.standardEntryClassCode().equals("CCD"),
                2,
                3,
                "a zero-dollar entry outside CCD");
        in.require(
                entry.addenda() == addendaFollows,
                79,
                79,
                addendaFollows
                        ? "addenda record indicator is 0, but a record 7 follows"
                        : "addenda record indicator is 1, but no record 7 follows");
        in.require(
                entry.traceNumber().startsWith(header.originatingDfi()),
                80,
                87,
                "trace number does not begin with the batch's originating DFI");
        in.require(entry.traceNumber().compareTo(lastTrace) > 0, 80, 94, "trace number does not rise within the batch");
        lastTrace = entry.traceNumber();
        entries.add(new NachaReading.Entry(entry, ""));
        batchTally = batchTally.plusEntry(entry);
    }

    private void addenda(RecordReader in) {
        Addenda05 addenda = Addenda05.read(in);
        int last = entries.size() - 1;
        EntryDetail entry = entries.get(last).detail();
        in.require(
                addenda.entryDetailSequenceNumber().equals(entry.sequence()),
                88,
                94,
                "entry detail sequence number is not that of the entry's trace number");
        entries.set(last, new NachaReading.Entry(entry, addenda.paymentRelatedInformation()));
        batchTally = batchTally.plusAddenda();
    }

    private void endBatch(RecordReader in) {
        BatchControl.read(in, header, batchTally);
        batches.add(new NachaReading.Batch(header, entries));
        fileTally = fileTally.plus(batchTally);
    }
}
