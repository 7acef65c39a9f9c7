package io.syncline.systemtests.pipeline;

/** Pieces of SQL for tests. */
public final class Sql {

    private static final String DIGIT = "(SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
            + " UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";

    private Sql() {}

    public static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    public static String text(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** A derived table with a column {@code n} from 1 to {@code count}, 100,000 at most. */
    public static String numbers(int count) {
        return "(SELECT n FROM (SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM " + DIGIT
                + " a, " + DIGIT + " b, " + DIGIT + " c, " + DIGIT + " e, " + DIGIT + " f) some WHERE n <= " + count
                + ") numbers";
    }
}
