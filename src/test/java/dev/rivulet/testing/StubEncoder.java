package dev.rivulet.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;

/**
 * A program that stands for an encoder: it appends a note to a file, sleeps 5 ms and writes files. It is written as machine
 * code, for Linux on x86-64 as the bundled servers are, because the start of any interpreter takes longer than all that a
 * task takes beside it.
 */
final class StubEncoder {
    private static final long BASE = 0x400000;
    private static final int HEADERS = 120;

    /** System V ABI: {@code argv} is at {@code rsp + 8}; {@code rbp} walks along it. */
    private static final String CODE = String.join(
            "",
            "488d6c2410", // lea rbp, [rsp+16]       the first word
            "488b7d00", // mov rdi, [rbp]          the file of notes
            "488b5d08", // mov rbx, [rbp+8]        the note
            "be41040000", // mov esi, O_WRONLY | O_CREAT | O_APPEND
            "e839000000", // call put
            "68404b4c00", // push 5000000            nanoseconds
            "6a00", // push 0                  seconds
            "4889e7", // mov rdi, rsp
            "31f6", // xor esi, esi
            "6a23580f05", // nanosleep(rdi, 0)
            "488b5d10", // mov rbx, [rbp+16]       the content
            "4883c518", // add rbp, 24
            "488b7d00", // next: mov rdi, [rbp]    a file to write
            "4885ff", // test rdi, rdi
            "7410", // je end
            "be41020000", // mov esi, O_WRONLY | O_CREAT | O_TRUNC
            "e80d000000", // call put
            "4883c508", // add rbp, 8
            "ebe7", // jmp next
            "31ff", // end: xor edi, edi
            "6a3c580f05", // exit: exit(edi)
            "baa4010000", // put: mov edx, 0644
            "6a02580f05", // open(rdi, esi, edx)
            "85c0", // test eax, eax
            "7820", // js fail
            "89c7", // mov edi, eax
            "31d2", // xor edx, edx
            "803c1300", // length: cmp byte [rbx+rdx], 0
            "7404", // je write
            "ffc2", // inc edx
            "ebf6", // jmp length
            "4889de", // write: mov rsi, rbx
            "6a01580f05", // write(edi, rsi, rdx)
            "39d0", // cmp eax, edx
            "7506", // jne fail
            "6a03580f05", // close(edi)
            "c3", // ret
            "6a015f", // fail: mov edi, 1
            "ebc8"); // jmp exit

    private final Path program;

    /** @param folder where the program is put */
    StubEncoder(Path folder) {
        this.program = folder.resolve("encoder");
    }

    /** Puts the program in its place. */
    StubEncoder install() throws IOException {
        Files.createDirectories(program.getParent());
        Path part = Files.createTempFile(program.getParent(), "encoder", null);
        Files.write(part, elf());
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
        Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
        return this;
    }

    /** Words of a command that writes {@code content} into each file, and before that {@code note} at the end of one more. */
    List<String> command(Path notes, String note, String content) {
        return List.of(program.toString(), notes.toString(), note + "\n", content);
    }

    /** The smallest executable: one segment that is read and run, from the beginning of the file. */
    private static byte[] elf() {
        byte[] code = HexFormat.of().parseHex(CODE);
        int size = HEADERS + code.length;
        return ByteBuffer.allocate(size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0})
                .putShort((short) 2) // executable
                .putShort((short) 62) // x86-64
                .putInt(1)
                .putLong(BASE + HEADERS) // entry
                .putLong(64) // program headers
                .putLong(0)
                .putInt(0)
                .putShort((short) 64)
                .putShort((short) 56)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(1) // a segment to load
                .putInt(5) // read, execute
                .putLong(0)
                .putLong(BASE)
                .putLong(BASE)
                .putLong(size)
                .putLong(size)
                .putLong(4096)
                .put(code)
                .array();
    }
}
