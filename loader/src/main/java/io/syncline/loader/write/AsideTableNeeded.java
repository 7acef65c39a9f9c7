package io.syncline.loader.write;

import java.util.List;

/** The batch met a row in its way and there is no table yet to set it aside in; make it, and write the batch again. */
final class AsideTableNeeded extends RuntimeException {

    private final transient List<String> statements;

    AsideTableNeeded(String name, List<String> statements) {
        super(name + " is missing");
        this.statements = List.copyOf(statements);
    }

    List<String> statements() {
        return statements;
    }
}
