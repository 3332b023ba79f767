package dev.rivulet.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One codec for the whole family: by reference within a node, JSON with type and version between nodes. */
final class ContractCodec implements MessageCodec<Contract, Contract> {
    static final String NAME = "rivulet";
    private static final byte VERSION = 1;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void encodeToWire(Buffer buffer, Contract message) {
        try {
            byte[] body = json.writerFor(Contract.class).writeValueAsBytes(message);
            buffer.appendByte(VERSION).appendInt(body.length).appendBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Contract decodeFromWire(int position, Buffer buffer) {
        if (buffer.getByte(position) != VERSION) {
            throw new IllegalStateException("a message of version " + buffer.getByte(position));
        }
        int start = position + 5;
        try {
            return json.readValue(buffer.getBytes(start, start + buffer.getInt(position + 1)), Contract.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Contract transform(Contract message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
