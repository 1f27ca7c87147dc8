package io.tillstream.ingest.intake;

import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Tender;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds a constant by its name without an exception, because wrong names are usual in requests. */
final class EnumNames<E extends Enum<E>> {
    static final EnumNames<PaymentEventType> TYPES = new EnumNames<>(PaymentEventType.values());
    static final EnumNames<Tender> TENDERS = new EnumNames<>(Tender.values());
    static final EnumNames<EntryMode> ENTRY_MODES = new EnumNames<>(EntryMode.values());
    static final EnumNames<DeclineClass> DECLINE_CLASSES = new EnumNames<>(DeclineClass.values());
    static final EnumNames<AvsResult> AVS_RESULTS = new EnumNames<>(AvsResult.values());
    static final EnumNames<CvvResult> CVV_RESULTS = new EnumNames<>(CvvResult.values());
    static final EnumNames<BillType> BILL_TYPES = new EnumNames<>(BillType.values());

    private final Map<String, E> byName = new HashMap<>();
    private final String list;

    private EnumNames(E[] constants) {
        for (E constant : constants) {
            byName.put(constant.name(), constant);
        }
        this.list = Stream.of(constants).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** The constant, or null if there is none of this name. */
    E find(String name) {
        return byName.get(name);
    }

    String list() {
        return list;
    }
}
