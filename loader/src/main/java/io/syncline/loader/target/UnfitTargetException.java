package io.syncline.loader.target;

/** A target table cannot take the source's rows; the message holds the statement that would mend it. */
public class UnfitTargetException extends RuntimeException {

    public UnfitTargetException(String message) {
        super(message);
    }
}
