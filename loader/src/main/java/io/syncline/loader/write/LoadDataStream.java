package io.syncline.loader.write;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of a LOAD DATA, made row by row while the driver sends it, so that the server works on the first rows while the next ones
 * are decoded. Whatever cannot be written ends the file behind the last whole line: an exception would throw the driver out of its
 * sending and leave the session in the middle of a file. Not thread-safe.
 */
final class LoadDataStream extends InputStream {

    private static final int CHUNK = 64 * 1024;

    private final RowSource source;
    private final Iterator<RowEvent> rows;
    private final LineBuffer chunk = new LineBuffer(CHUNK + CHUNK / 8);
    private final LoadDataSink sink = new LoadDataSink(chunk);
    private int position;
    private int lines;
    private @Nullable RuntimeException malformed;
    private @Nullable Error error;

    LoadDataStream(RowSource source, List<RowEvent> rows) {
        this.source = source;
        this.rows = rows.iterator();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** No more than a chunk at a time, so that each goes off when it is made. */
    @Override
    public int read(byte[] into, int offset, int length) {
        if (position == chunk.size() && !fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.size() - position);
        chunk.copy(position, into, offset, count);
        position += count;
        return count;
    }

    private boolean fill() {
        chunk.truncate(0);
        position = 0;
        while (!hasEndedEarly() && chunk.size() < CHUNK && rows.hasNext()) {
            line(rows.next());
        }
        return chunk.size() > 0;
    }

    private void line(RowEvent row) {
        int begin = chunk.size();
        try {
            source.values(row, sink);
            sink.endLine();
        } catch (RuntimeException e) {
            malformed = e;
        } catch (Error e) {
            error = e;
        }
        if (hasEndedEarly()) {
            chunk.truncate(begin);
        } else {
            lines++;
        }
    }

    private boolean hasEndedEarly() {
        return malformed != null || error != null || !sink.isComplete();
    }

    /**
     * How many rows were in it; fewer than all where the next one has a value that cannot be written in this format. To be asked
     * when it was read to its end.
     *
     * @throws RuntimeException of the row that could not be decoded
     */
    int rows() {
        if (error != null) {
            throw error;
        }
        if (malformed != null) {
            throw malformed;
        }
        return lines;
    }
}
