package dev.rivulet.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An empty shared library for x86-64 Linux, written byte by byte: a name, version names, and no symbol.
 *
 * <p>The bundled ffmpeg names libraries for sound cards and screens that a server lacks. Its calls into them are bound
 * when they are first made, and we never make them; the loader only wants the files to be there, with the versions that
 * were asked for. See the ELF specification, and the Linux Standard Base for the version definitions.
 */
final class StubLibrary {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int PROGRAM_HEADERS = 3;
    private static final int DYNAMIC = HEADER + PROGRAM_HEADERS * PROGRAM_HEADER;
    private static final int DYNAMIC_ENTRIES = 10;
    private static final int SYMBOL = 24;
    private static final int VERSION = 28;
    private static final long PAGE = 0x1000;

    private StubLibrary() {}

    /** Writes {@code <folder>/<name>}, which defines these versions, none at all if there are none. */
    static void write(Path folder, String name, String... versions) throws IOException {
        Files.write(folder.resolve(name), bytes(name, List.of(versions)));
    }

    private static byte[] bytes(String name, List<String> versions) {
        // The library's own name is its base version, always the first.
        List<String> defined = new ArrayList<>();
        defined.add(name);
        defined.addAll(versions);
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        strings.write(0);
        List<Integer> offsets = new ArrayList<>();
        for (String text : defined) {
            offsets.add(strings.size());
            strings.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            strings.write(0);
        }

        long symbols = DYNAMIC + DYNAMIC_ENTRIES * 16L;
        long hash = symbols + SYMBOL;
        long indexes = hash + 16;
        long definitions = indexes + 8;
        long text = definitions + (long) VERSION * defined.size();
        long end = text + strings.size();

        ByteBuffer out = ByteBuffer.allocate((int) end).order(ByteOrder.LITTLE_ENDIAN);
        header(out);
        programHeader(out, 1, 6, 0, end, PAGE); // PT_LOAD, readable and writable: the loader notes addresses in it
        programHeader(out, 2, 6, DYNAMIC, symbols - DYNAMIC, 8); // PT_DYNAMIC
        programHeader(out, 0x6474e551, 6, 0, 0, 16); // PT_GNU_STACK, not executable
        entry(out, 14, offsets.get(0)); // DT_SONAME
        entry(out, 5, text); // DT_STRTAB
        entry(out, 10, strings.size()); // DT_STRSZ
        entry(out, 6, symbols); // DT_SYMTAB
        entry(out, 11, SYMBOL); // DT_SYMENT
        entry(out, 4, hash); // DT_HASH
        entry(out, 0x6ffffff0, indexes); // DT_VERSYM
        entry(out, 0x6ffffffc, definitions); // DT_VERDEF
        entry(out, 0x6ffffffd, defined.size()); // DT_VERDEFNUM
        entry(out, 0, 0); // DT_NULL
        out.put(new byte[SYMBOL]); // the symbol that every table begins with
        out.putInt(1).putInt(1).putInt(0).putInt(0); // one bucket, one chain, both empty
        out.putLong(0); // that symbol has no version
        for (int i = 0; i < defined.size(); i++) {
            boolean last = i == defined.size() - 1;
            out.putShort((short) 1).putShort((short) (i == 0 ? 1 : 0)); // revision, base
            out.putShort((short) (i + 1)).putShort((short) 1); // index, one name
            out.putInt(hash(defined.get(i))).putInt(20).putInt(last ? 0 : VERSION);
            out.putInt(offsets.get(i)).putInt(0);
        }
        out.put(strings.toByteArray());
        return out.array();
    }

    private static void header(ByteBuffer out) {
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0); // 64 bits, little endian
        out.putShort((short) 3).putShort((short) 62).putInt(1); // shared object, x86-64
        out.putLong(0).putLong(HEADER).putLong(0).putInt(0); // no entry point, no sections
        out.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) PROGRAM_HEADERS);
        out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    }

    private static void programHeader(ByteBuffer out, int type, int flags, long offset, long size, long align) {
        out.putInt(type).putInt(flags);
        out.putLong(offset).putLong(offset).putLong(offset);
        out.putLong(size).putLong(size).putLong(align);
    }

    private static void entry(ByteBuffer out, long tag, long value) {
        out.putLong(tag).putLong(value);
    }

    /** The hash of the System V ABI. */
    private static int hash(String name) {
        int hash = 0;
        for (byte letter : name.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash << 4) + letter;
            int high = hash & 0xf0000000;
            hash = (hash ^ (high >>> 24)) & ~high;
        }
        return hash;
    }
}
