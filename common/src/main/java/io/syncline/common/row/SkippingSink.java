package io.syncline.common.row;

/** Lets values pass by. */
enum SkippingSink implements ValueSink {
    INSTANCE;

    @Override
    public void nothing() {}

    @Override
    public void number(byte[] ascii, int offset, int length) {}

    @Override
    public void temporal(byte[] ascii, int offset, int length) {}

    @Override
    public void text(byte[] utf8, int offset, int length) {}

    @Override
    public void typedJson(TypedJson json) {}

    @Override
    public void member(MemberNumber member) {}

    @Override
    public void beyondUnicode(CharsetText text) {}

    @Override
    public void binary(byte[] bytes, int offset, int length) {}
}
