package io.syncline.common.row;

import java.util.HexFormat;

/**
 * A text with characters that Unicode lacks, or has for another code of the charset as well.
 *
 * @param charset the column's, by the server's name for it
 * @param hex the column's own bytes
 */
public record CharsetText(String charset, String hex) {

    static CharsetText of(String charset, byte[] bytes, int offset, int length) {
        return new CharsetText(charset, HexFormat.of().formatHex(bytes, offset, offset + length));
    }

    /** As SQL writes it. */
    public String literal() {
        return "_" + charset + " x'" + hex + "'";
    }
}
