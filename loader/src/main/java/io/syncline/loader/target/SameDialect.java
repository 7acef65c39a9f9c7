package io.syncline.loader.target;

import io.syncline.common.model.Column;
import java.util.List;
import java.util.Optional;

/** Between two servers of one kind every word means the same. */
record SameDialect() implements Dialect {

    @Override
    public ColumnDefinition column(Column column, ColumnDefinition definition, List<String> differences) {
        return definition;
    }

    @Override
    public Optional<String> index(String index, List<String> differences) {
        return Optional.of(index);
    }

    @Override
    public Tokens options(Tokens options, List<String> differences) {
        return options;
    }

    @Override
    public boolean knows(String expression) {
        return true;
    }

    @Override
    public String collation(String name) {
        return name;
    }
}
