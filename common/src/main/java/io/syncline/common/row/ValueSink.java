package io.syncline.common.row;

/** Takes a row's values one after another, in the order of the schema's columns. The bytes are valid during the call only. */
public interface ValueSink {

    /** SQL NULL. */
    void nothing();

    /** A number in ASCII digits, as SQL writes it. */
    void number(byte[] ascii, int offset, int length);

    /** A date, time or both in ASCII, as SQL writes it. */
    void temporal(byte[] ascii, int offset, int length);

    /** Characters in UTF-8. */
    void text(byte[] utf8, int offset, int length);

    /** A JSON value that holds values whose types its text does not tell. */
    void typedJson(TypedJson json);

    /** An ENUM's or SET's value that its name does not tell, such as an ENUM's error value, which is no member. */
    void member(MemberNumber member);

    /** A text that UTF-8 does not hold. */
    void beyondUnicode(CharsetText text);

    void binary(byte[] bytes, int offset, int length);
}
