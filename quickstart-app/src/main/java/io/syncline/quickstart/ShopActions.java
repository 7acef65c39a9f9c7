package io.syncline.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

/** What happens in the shop. Each method is one transaction's statements; the caller commits. Belongs to one thread. */
final class ShopActions {
    private static final int CUSTOMERS = 5000;
    private static final int PRODUCTS = 2000;
    private static final int ORDERS = 8000;

    private final Connection connection;
    private final RandomGenerator random;

    ShopActions(Connection connection, RandomGenerator random) {
        this.connection = connection;
        this.random = random;
    }

    void placeOrder() throws SQLException {
        var customer = anyOf(CUSTOMERS);
        var order = insertOrder(customer);
        var lines = anyOf(4);
        for (var line = 1; line <= lines; line++) {
            run("""
                    INSERT INTO order_items (order_id, line, product_id, quantity, unit_price)
                    SELECT ?, ?, id, ?, price FROM products WHERE id = ?
                    """, order, line, anyOf(5), anyOf(PRODUCTS));
        }
        run("""
                UPDATE orders SET total = (SELECT SUM(quantity * unit_price) FROM order_items WHERE order_id = orders.id)
                WHERE id = ?
                """, order);
    }

    void pay() throws SQLException {
        run("""
                INSERT INTO payments (reference, order_id, method, amount, provider_number, provider_answer, paid_at)
                SELECT CONCAT('PAY-', UUID_SHORT()), id, 'card', total, 18446744073709551615 - id, '{"code": 0, "text": "paid ✓"}', NOW(3)
                FROM orders WHERE status = 'placed' ORDER BY id DESC LIMIT 1
                """);
        run("UPDATE orders SET status = 'paid' WHERE status = 'placed' ORDER BY id DESC LIMIT 1");
    }

    void ship() throws SQLException {
        run("UPDATE orders SET status = 'shipped' WHERE id = ?", anyOf(ORDERS));
    }

    void changePrices() throws SQLException {
        var first = anyOf(PRODUCTS);
        run("UPDATE products SET price = ROUND(price * 1.0100 + 0.01, 4) WHERE id BETWEEN ? AND ?", first, first + 4);
    }

    void changeCustomer() throws SQLException {
        run("UPDATE customers SET status = 'active', newsletter = NOT newsletter WHERE id = ?", anyOf(CUSTOMERS));
    }

    void review() throws SQLException {
        run("""
                INSERT INTO reviews (product_id, customer_id, rating, title, body) VALUES (?, ?, ?, 'Just bought 🎉', NULL)
                ON DUPLICATE KEY UPDATE rating = VALUES(rating), title = 'Changed my mind 🔁'
                """, anyOf(PRODUCTS), anyOf(CUSTOMERS), anyOf(5));
    }

    void countStock() throws SQLException {
        run("UPDATE stock SET quantity = quantity + ? WHERE product_id = ?", anyOf(100), anyOf(PRODUCTS));
    }

    private long insertOrder(int customer) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO orders (customer_id, address_id, note) VALUES (?, ?, 'Leave it at the door 🚪')",
                Statement.RETURN_GENERATED_KEYS)) {
            insert.setInt(1, customer);
            insert.setInt(2, customer);
            insert.executeUpdate();
            try (var keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private void run(String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            statement.executeUpdate();
        }
    }

    private int anyOf(int count) {
        return 1 + random.nextInt(count);
    }
}
