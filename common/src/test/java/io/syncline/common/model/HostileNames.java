package io.syncline.common.model;

import java.util.ArrayList;
import java.util.List;

/** Names that MySQL allows and that others choke on, each different from every other. */
public final class HostileNames {

    private HostileNames() {}

    public static List<String> all() {
        List<String> names = new ArrayList<>(List.of(
                "a",
                "A",
                "b",
                "ab",
                "aB",
                "a_b",
                "a.b",
                "a-b",
                "a--b",
                "a b",
                " a",
                "a`b",
                "a``b",
                "a'b",
                "a\"b",
                "a/b",
                "a\\b",
                "1",
                "1a",
                "_",
                "__",
                "_x",
                "_x0061",
                "x0061",
                "__x0061",
                "_x_x0061",
                "_x005fx0061",
                "-61",
                "-2d61",
                "a.rows.b",
                "..",
                ".",
                "größe",
                "gro\u0308\u00dfe",
                "GRÖSSE",
                "订单",
                "訂單",
                "заказ",
                "$",
                "a$b",
                "%",
                "%41",
                "a%b",
                "order",
                "ORDER",
                "Order",
                "_syncline_load_id",
                "_Syncline_load_id",
                "_x005fsyncline_load_id",
                "\u00e9",
                "e\u0301",
                "\ud83d\ude00",
                "\ud83d\ude01",
                "null",
                "Row",
                "Key"));
        for (String part : List.of("x", "X", "_", "-", ".", "ü", "订", "\ud83d\ude00")) {
            names.add(part.repeat(64));
            names.add(part.repeat(63) + "y");
            names.add("y" + part.repeat(63));
        }
        return names;
    }
}
