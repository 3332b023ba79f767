package dev.rivulet.embedded;

import dev.rivulet.config.Settings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One value, written to a server and read back. */
final class Row {
    private Row() {}

    static void write(Settings.Postgres postgres, String value) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists kept (value text)");
            statement.execute("insert into kept values ('" + value + "')");
        }
    }

    static String read(Settings.Postgres postgres) throws SQLException {
        return query(postgres, "select string_agg(value, ' ') from kept");
    }

    static String query(Settings.Postgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Redis, by one inline command; what it answers after the answer to AUTH. */
    static String tell(Settings.Redis redis, String command) throws IOException {
        URI uri = URI.create(redis.url());
        String password = uri.getUserInfo().substring(1);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(("AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.replaceFirst("^\\+OK\r\n", "")
                    .replaceFirst("\\+OK\r\n$", "")
                    .strip();
        }
    }

    private static Connection connect(Settings.Postgres postgres) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + postgres.url(), postgres.user(), postgres.password().value());
    }
}
