package io.syncline.loader.target;

/** A row is refused and its table is to stand still for it; the message names the row, the reason and the remedy. */
public final class RefusedRowException extends UnfitTargetException {

    public RefusedRowException(String message) {
        super(message);
    }
}
