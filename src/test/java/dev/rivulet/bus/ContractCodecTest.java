package dev.rivulet.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.testing.Golden;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractCodecTest {
    private final ContractCodec codec = new ContractCodec();

    static Stream<String> names() {
        return Messages.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aMessageArrivesAsItWasSent(String name) {
        Contract message = Messages.all().get(name);
        Buffer wire = Buffer.buffer("before");
        codec.encodeToWire(wire, message);
        wire.appendString("after");

        assertThat(codec.decodeFromWire(6, wire)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theWireIsWhatOtherNodesKnow(String name) {
        Buffer wire = Buffer.buffer();
        codec.encodeToWire(wire, Messages.all().get(name));

        assertThat(wire.getByte(0)).isEqualTo((byte) 1);
        assertThat(wire.getInt(1)).isEqualTo(wire.length() - 5);
        Golden.matches(
                "messages/" + name + ".json", new JsonObject(wire.slice(5, wire.length())).encodePrettily() + "\n");
    }

    @Test
    void everyMessageIsTried() {
        Set<Class<?>> tried = new HashSet<>();
        Messages.all().values().forEach(message -> collect(message, tried));

        assertThat(leaves(Contract.class)).hasSizeGreaterThan(10).allMatch(tried::contains);
        assertThat(leaves(Contract.Work.class)).hasSize(5).allMatch(tried::contains);
        assertThat(leaves(dev.rivulet.job.TaskResult.class)).hasSize(5).allMatch(tried::contains);
    }

    @Test
    void messagesHoldValuesOnly() {
        assertThat(leaves(Contract.class)).allMatch(Class::isRecord);
        Set<Class<?>> types = new HashSet<>();
        leaves(Contract.class).forEach(type -> components(type, types));
        assertThat(types)
                .isNotEmpty()
                .noneMatch(type -> Throwable.class.isAssignableFrom(type)
                        || type.getName().startsWith("java.nio")
                        || type.getName().startsWith("java.io")
                        || type.getName().startsWith("io.vertx"));
    }

    @Test
    void withinANodeAMessageIsHandedOver() {
        Contract message = new Contract.Done();

        assertThat(codec.transform(message)).isSameAs(message);
        assertThat(codec.systemCodecID()).isEqualTo((byte) -1);
    }

    @Test
    void anotherVersionIsRefused() {
        Buffer wire = Buffer.buffer();
        codec.encodeToWire(wire, new Contract.Done());

        assertThatThrownBy(() -> codec.decodeFromWire(0, wire.copy().setByte(0, (byte) 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void typesOutsideTheFamilyAreRefused() {
        for (String type : new String[] {"java.lang.String", ".Nothing", "javax.script.ScriptEngineManager", ""}) {
            byte[] body = new JsonObject(Map.of("type", type)).toBuffer().getBytes();
            Buffer wire =
                    Buffer.buffer().appendByte((byte) 1).appendInt(body.length).appendBytes(body);

            assertThatThrownBy(() -> codec.decodeFromWire(0, wire)).isInstanceOf(UncheckedIOException.class);
        }
    }

    private static void collect(Object value, Set<Class<?>> seen) {
        if (value instanceof Record) {
            seen.add(value.getClass());
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    collect(component.getAccessor().invoke(value), seen);
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private static void components(Class<?> type, Set<Class<?>> seen) {
        if (seen.add(type)) {
            if (type.isRecord()) {
                Arrays.stream(type.getRecordComponents()).forEach(component -> components(component.getType(), seen));
            } else if (type.isSealed()) {
                leaves(type).forEach(leaf -> components(leaf, seen));
            }
        }
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return Set.of(type);
        }
        return Arrays.stream(type.getPermittedSubclasses())
                .flatMap(permitted -> leaves(permitted).stream())
                .collect(Collectors.toSet());
    }
}
