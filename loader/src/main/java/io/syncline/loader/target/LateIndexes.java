package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.TableDescription;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of a table's indexes are better made when its rows are there. Rows that come in the key's order meet the pages of
 * most other indexes in no order, which soon costs more than the rows do; made later, an index is sorted first and written
 * from one end to the other. Unique ones are never among them, since they decide what a row replaces.
 */
public final class LateIndexes {

    private static final String NAME = "`((?:[^`]++|``)*+)`";
    /** As servers print it; full-text, spatial and functional ones, which a server cannot make beside writers, do not match. */
    private static final Pattern PLAIN = Pattern.compile(
            "KEY " + NAME + " \\(" + NAME + "(?:\\(\\d+\\))?(?: DESC)?"
                    + "(?:,`(?:[^`]++|``)*+`(?:\\(\\d+\\))?(?: DESC)?)*\\).*",
            Pattern.DOTALL);

    private static final Pattern ANY =
            Pattern.compile("(?:UNIQUE |FULLTEXT |SPATIAL )?KEY " + NAME + ".*", Pattern.DOTALL);

    private static final Set<ColumnKind> NUMBERS =
            EnumSet.of(ColumnKind.INT, ColumnKind.LONG, ColumnKind.UNSIGNED_LONG);

    /** 1 MiB is the default, which leaves more runs to merge. A setting of MySQL's: MariaDB passes over the comment. */
    private static final String SORT_IN_MEMORY =
            "SET @syncline_sorts = 1 /*!80027 , SESSION innodb_ddl_buffer_size = 16777216 */";

    private LateIndexes() {}

    /** Those of a table whose rows come without a modifier. */
    public static List<String> of(TableDescription table, List<String> key) {
        return of(table.statement().indexes(), table.statement().options(), table::find, key, null);
    }

    /**
     * @param indexes of the table, as the server prints them
     * @param options of the table, which name its engine
     * @param modifier null where there is none
     * @return those that may wait
     */
    static List<String> of(
            List<String> indexes,
            String options,
            Function<String, Optional<Column>> columns,
            List<String> key,
            @Nullable String modifier) {
        if (!options.contains("ENGINE=InnoDB")) {
            return List.of();
        }
        boolean isNumbered = key.size() == 1
                && columns.apply(key.get(0))
                        .map(Column::kind)
                        .filter(NUMBERS::contains)
                        .isPresent();
        List<String> late = new ArrayList<>();
        for (String index : indexes) {
            Matcher plain = PLAIN.matcher(index);
            Optional<Column> first = plain.matches() ? columns.apply(unquoted(plain.group(2))) : Optional.empty();
            // what carries a date or the modifier mostly rises with a number that is the key
            boolean inOrder = first.isPresent()
                    && isNumbered
                    && (first.get().kind().isTemporal()
                            || modifier != null
                                    && TableSchema.sameName(first.get().name(), modifier));
            if (first.isPresent() && !inOrder && !first.get().autoIncrement()) {
                late.add(index);
            }
        }
        return late;
    }

    /** Has a session sort an index's entries by larger pieces. */
    public static void sortInMemory(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SORT_IN_MEMORY);
        }
    }

    /** Those of {@code wanted} whose names none of {@code present} has. */
    public static List<String> missing(List<String> wanted, List<String> present) {
        List<String> names = present.stream().map(LateIndexes::comparableName).toList();
        return wanted.stream()
                .filter(index -> !names.contains(comparableName(index)))
                .toList();
    }

    /** The index's name in back-ticks. */
    public static String quotedName(String index) {
        int from = index.indexOf('`');
        Matcher named = ANY.matcher(index);
        return named.matches() ? index.substring(from, named.end(1) + 1) : "";
    }

    private static String comparableName(String index) {
        return quotedName(index).toLowerCase(Locale.ROOT);
    }

    private static String unquoted(String name) {
        return name.replace("``", "`");
    }
}
