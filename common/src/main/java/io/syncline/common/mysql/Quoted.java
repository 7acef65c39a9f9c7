package io.syncline.common.mysql;

import java.util.Collection;
import java.util.stream.Collectors;

/** The one place where names become SQL. */
public final class Quoted {

    private Quoted() {}

    /** A name in back-ticks, whatever characters it holds. */
    public static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    public static String table(String database, String table) {
        return name(database) + "." + name(table);
    }

    public static String names(Collection<String> names) {
        return names.stream().map(Quoted::name).collect(Collectors.joining(", "));
    }
}
