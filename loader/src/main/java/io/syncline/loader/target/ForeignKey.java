package io.syncline.loader.target;

import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A foreign key as a server's CREATE TABLE has it.
 *
 * @param columns those of the table that has it
 * @param rest what follows the columns that are referenced: what deletes and updates do
 */
public record ForeignKey(
        String name, List<String> columns, TableId referenced, List<String> referencedColumns, String rest) {

    private static final Pattern CLAUSE = Pattern.compile(
            "CONSTRAINT `(.*?)` FOREIGN KEY \\(`(.*?)`\\) REFERENCES `(.*?)` \\(`(.*?)`\\)(.*)", Pattern.DOTALL);

    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }

    /** @param clause as {@code CONSTRAINT `c` FOREIGN KEY (`a`) REFERENCES `t` (`b`) ON DELETE CASCADE} */
    public static ForeignKey parse(String clause, TableId table) {
        Matcher parts = CLAUSE.matcher(clause);
        if (!parts.matches()) {
            throw new UnfitTargetException("a foreign key of " + table + " is not understood: " + clause);
        }
        List<String> path = names(parts.group(3), "`\\.`");
        String database = path.size() > 1 ? path.get(0) : table.database();
        return new ForeignKey(
                name(parts.group(1)),
                names(parts.group(2), "`, ?`"),
                new TableId(database, path.get(path.size() - 1)),
                names(parts.group(4), "`, ?`"),
                parts.group(5).trim());
    }

    private static List<String> names(String list, String between) {
        return Arrays.stream(list.split(between)).map(ForeignKey::name).toList();
    }

    /** MySQL doubles back-ticks within a name here; MariaDB does not. */
    private static String name(String printed) {
        boolean isDoubled = !printed.replace("``", "").contains("`");
        return isDoubled ? printed.replace("``", "`") : printed;
    }

    /** @param target the name of the referenced table at the target, which is in the same database there */
    String clause(String target) {
        return ("ADD CONSTRAINT " + Quoted.name(name) + " FOREIGN KEY (" + Quoted.names(columns) + ") REFERENCES "
                        + Quoted.name(target) + " (" + Quoted.names(referencedColumns) + ") " + rest)
                .trim();
    }
}
