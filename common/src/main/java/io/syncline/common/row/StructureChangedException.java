package io.syncline.common.row;

/** A row does not look as the schema says, because the table was altered between the two; read the structure again. */
public final class StructureChangedException extends RuntimeException {

    public StructureChangedException(String message) {
        super(message);
    }
}
