package dev.rivulet.store.metrics;

import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A port whose answers somebody listens to; questions, answers and failures stay what they are. */
final class Heard {
    private static final Object[] NOTHING = {};

    private Heard() {}

    /** Hears the successful answers of one method, before whoever asked. */
    @FunctionalInterface
    interface Listener {
        void heard(Object[] asked, @Nullable Object answer);
    }

    /**
     * @param port an interface whose methods return futures
     * @param listeners by the name of the method
     * @throws IllegalArgumentException when the port has no method of such a name
     */
    static <P> P by(Class<P> port, P adapter, Map<String, Listener> listeners) {
        Set<String> unknown = new HashSet<>(listeners.keySet());
        for (Method method : port.getMethods()) {
            unknown.remove(method.getName());
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(port.getSimpleName() + " has no " + unknown);
        }
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            try {
                Object answer = method.invoke(adapter, args);
                Listener listener = listeners.get(method.getName());
                return answer instanceof Future<?> future && listener != null
                        ? future.onSuccess(value -> listener.heard(args == null ? NOTHING : args, value))
                        : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
