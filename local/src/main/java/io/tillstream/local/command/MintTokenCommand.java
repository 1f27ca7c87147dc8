package io.tillstream.local.command;

import io.tillstream.console.access.ApiTokens;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tillstream mint-token}: a token of the query API. */
@Command(
        name = "mint-token",
        description = "Make a token for programs that use the query API. It is shown once; the settings get its hash.",
        mixinStandardHelpOptions = true)
public final class MintTokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ApiTokens.Minted minted = ApiTokens.mint();
        PrintWriter out = spec.commandLine().getOut();
        out.println("token  " + minted.token());
        out.println("hash   " + minted.tokenHash());
        return 0;
    }
}
