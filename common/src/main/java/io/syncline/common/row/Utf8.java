package io.syncline.common.row;

/** Tells text from bytes that no text has in UTF-8, which Java by itself would replace in silence. */
final class Utf8 {

    private Utf8() {}

    /** As table 3-7 of the Unicode standard has it: no overlong forms, no surrogates, nothing above U+10FFFF. */
    static boolean isValid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int more = following(bytes[at]);
            if (more < 0 || at + more >= end || more > 0 && !isSecond(bytes[at], bytes[at + 1])) {
                return false;
            }
            for (int i = 2; i <= more; i++) {
                if (!isTail(bytes[at + i])) {
                    return false;
                }
            }
            at += 1 + more;
        }
        return true;
    }

    /** How many bytes follow the first of a character; negative for one that begins none. */
    private static int following(byte first) {
        int octet = first & 0xFF;
        if (octet < 0x80) {
            return 0;
        } else if (octet >= 0xC2 && octet <= 0xDF) {
            return 1;
        } else if (octet >= 0xE0 && octet <= 0xEF) {
            return 2;
        }
        return octet >= 0xF0 && octet <= 0xF4 ? 3 : -1;
    }

    private static boolean isSecond(byte first, byte second) {
        int octet = second & 0xFF;
        return isTail(second)
                && switch (first & 0xFF) {
                    case 0xE0 -> octet >= 0xA0;
                    case 0xED -> octet <= 0x9F;
                    case 0xF0 -> octet >= 0x90;
                    case 0xF4 -> octet <= 0x8F;
                    default -> true;
                };
    }

    private static boolean isTail(byte octet) {
        return (octet & 0xC0) == 0x80;
    }
}
