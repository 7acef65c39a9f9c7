package io.syncline.common.event;

import io.syncline.common.model.TableId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of rows topics. Kafka takes letters, digits, {@code .}, {@code _} and {@code -}, 249 at most; every other byte of
 * a name's UTF-8, and {@code .} and {@code -} themselves, become {@code -} with two hexadecimal digits, which no other
 * name yields. What would be too long is cut and ends in {@code --} with its SHA-256, since {@code --} is no escape; the
 * schema-change event names the table in full.
 */
final class TopicName {

    private static final int LONGEST = 249;
    private static final int DIGEST = 34;

    private TopicName() {}

    static String rows(String prefix, TableId table) {
        String name = prefix + ".rows." + escape(table.database()) + "." + escape(table.table());
        if (name.length() <= LONGEST) {
            return name;
        }
        return name.substring(0, LONGEST - DIGEST) + "--" + sha256(name).substring(0, DIGEST - 2);
    }

    private static String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= 'a' && octet <= 'z'
                    || octet >= 'A' && octet <= 'Z'
                    || octet >= '0' && octet <= '9'
                    || octet == '_';
            if (plain) {
                escaped.append((char) octet);
            } else {
                escaped.append(String.format("-%02x", octet & 0xFF));
            }
        }
        return escaped.toString();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
