-- Some 53,000 rows, always the same, made by cross joins of ten digits.
-- Many rows share an updated_at on purpose, as rows written by one statement do.

SET NAMES utf8mb4;
SET time_zone = '+00:00';

CREATE TEMPORARY TABLE numbers (n INT NOT NULL PRIMARY KEY);

INSERT INTO numbers (n)
WITH digits AS (
  SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
)
SELECT 1 + ones.d + 10 * tens.d + 100 * hundreds.d + 1000 * thousands.d
FROM digits AS ones CROSS JOIN digits AS tens CROSS JOIN digits AS hundreds CROSS JOIN digits AS thousands;

INSERT INTO currencies (code, name, symbol, minor_digits) VALUES
  ('EUR', 'Euro', '€', 2), ('USD', 'US dollar', '$', 2), ('GBP', 'Pound sterling', '£', 2), ('JPY', 'Yen', '¥', 0),
  ('CHF', 'Swiss franc', 'CHF', 2), ('PLN', 'Złoty', 'zł', 2), ('CZK', 'Česká koruna', 'Kč', 2), ('SEK', 'Svensk krona', 'kr', 2),
  ('INR', 'Indian rupee', '₹', 2), ('KWD', 'دينار كويتي', 'د.ك', 3), ('KRW', '대한민국 원', '₩', 0), ('UAH', 'Гривня', '₴', 2);

INSERT INTO customers (id, email, name, born, status, newsletter, preferences, password_hash, currency, created_at, updated_at)
SELECT
  n,
  CONCAT('customer', n, '@', ELT(1 + n % 3, 'example.com', 'example.org', 'example.net')),
  CONCAT(
    ELT(1 + n % 12, 'Ada', 'Søren', 'Zoë', 'Łukasz', 'Mei', 'José', 'Ольга', 'Yūki', 'Ngozi', 'François', 'Anna', 'O''Neil'), ' ',
    ELT(1 + n DIV 12 % 10, 'Müller', 'Nowak', 'García', 'Smith', '王', 'Ivanova', 'Tanaka', 'Okafor', 'D''Angelo', 'Åberg')),
  IF(n % 11 = 0, NULL, DATE('1940-01-01') + INTERVAL n * 5 DAY),
  ELT(1 + n % 9 DIV 4, 'new', 'active', 'blocked'),
  n % 2,
  IF(n % 7 = 0, NULL, JSON_OBJECT('theme', ELT(1 + n % 2, 'dark', 'light'), 'page', n % 50, 'greeting', 'Grüße 👋')),
  UNHEX(SHA2(CONCAT('secret', n), 256)),
  ELT(1 + n % 6, 'EUR', 'EUR', 'EUR', 'USD', 'GBP', 'CHF'),
  TIMESTAMP('2024-01-01 08:00:00.000001') + INTERVAL n * 733 SECOND,
  TIMESTAMP('2025-01-01 00:00:00.123456') + INTERVAL n DIV 4 * 911 SECOND
FROM numbers WHERE n <= 5000;

INSERT INTO addresses (id, customer_id, kind, street, postcode, city, country, updated_at)
SELECT
  n, 1 + (n - 1) % 5000, IF(n <= 5000, 'billing', 'delivery'),
  CONCAT(ELT(1 + n % 5, 'Hauptstraße', 'High Street', 'Rue de l''Église', 'ulica Długa', 'さくら通り'), ' ', 1 + n % 240),
  LPAD(n * 13 % 99999, 5, '0'),
  ELT(1 + n % 8, 'Köln', 'Leeds', 'Orléans', 'Kraków', '京都', 'Malmö', 'Plzeň', 'Zürich'),
  ELT(1 + n % 8, 'DE', 'GB', 'FR', 'PL', 'JP', 'SE', 'CZ', 'CH'),
  TIMESTAMP('2025-01-02 00:00:00.456') + INTERVAL n DIV 3 * 700 SECOND
FROM numbers WHERE n <= 6000;

INSERT INTO categories (id, parent_id, name, slug, updated_at)
SELECT
  n, IF(n <= 6, NULL, 1 + n % 6),
  CONCAT(ELT(1 + n % 6, 'Bücher', 'Music', 'Garden', 'Kitchen', 'Jouets', 'Sport'), ' ', n), CONCAT('category-', n),
  TIMESTAMP('2025-01-01') + INTERVAL n HOUR
FROM numbers WHERE n <= 60 ORDER BY n;

INSERT INTO products
  (id, sku, name, description, price, currency, weight_kg, attributes, thumbnail, discontinued, released, updated_at)
SELECT
  n, CONCAT('SKU-', LPAD(n, 6, '0')),
  CONCAT(ELT(1 + n % 5, 'Teapot', 'Lampe', 'Bike', 'Książka', '本'), ' ', ELT(1 + n % 4, 'classic', 'mini', 'XL', '"pro"'), ' ', n),
  IF(n % 13 = 0, NULL, CONCAT('Line one of product ', n, '\nline two ', ELT(1 + n % 4, '🚲', '☕', '📚', '💡'), ' costs 100% less')),
  1.9900 + n * 0.3725, ELT(1 + n % 3, 'EUR', 'USD', 'JPY'),
  IF(n % 17 = 0, NULL, n / 7e0),
  JSON_OBJECT('colour', ELT(1 + n % 3, 'red', 'grün', '青'), 'sizes', JSON_ARRAY(n % 5, n % 9), 'ratio', n / 8),
  IF(n % 5 = 0, NULL, UNHEX(CONCAT('00FF', SHA2(n, 224)))),
  n % 40 = 0,
  IF(n % 19 = 0, NULL, DATE('2015-06-01') + INTERVAL n DAY),
  TIMESTAMP('2025-02-01 00:00:00.001') + INTERVAL n DIV 5 * 1300 SECOND
FROM numbers WHERE n <= 2000;

INSERT INTO product_categories (product_id, category_id, position, updated_at)
SELECT
  1 + (n - 1) % 2000, 1 + (n * 7 + n DIV 2001 * 3) % 60, n % 100 - 50,
  TIMESTAMP('2025-02-02 00:00:00.999') + INTERVAL n DIV 10 * 600 SECOND
FROM numbers WHERE n <= 4000;

INSERT INTO stock (product_id, warehouse, quantity)
SELECT n, ELT(1 + n % 3, 'CGN', 'LBA', 'KRK'), n * 31 % 500 - 3
FROM numbers WHERE n <= 2000;

INSERT INTO orders (id, customer_id, address_id, status, currency, total, note, placed_at, updated_at)
SELECT
  n, 1 + n * 7 % 5000, 1 + n * 7 % 5000,
  ELT(1 + n % 5, 'placed', 'paid', 'shipped', 'delivered', 'cancelled'),
  ELT(1 + n % 3, 'EUR', 'USD', 'GBP'), 0,
  IF(n % 6 = 0, CONCAT('Please ring twice, it''s № ', n % 100, ' 🔔'), NULL),
  TIMESTAMP('2025-03-01 00:00:00.000007') + INTERVAL n * 617 SECOND,
  TIMESTAMP('2025-03-01 01:00:00.000009') + INTERVAL n DIV 2 * 1234 SECOND
FROM numbers WHERE n <= 8000;

INSERT INTO order_items (order_id, line, product_id, quantity, unit_price, discount, updated_at)
SELECT
  n, line, 1 + (n * 11 + line * 97) % 2000, 1 + (n + line) % 5,
  1.9900 + (1 + (n * 11 + line * 97) % 2000) * 0.3725, IF(n % 4 = 0, 0.0750, NULL),
  TIMESTAMP('2025-03-01 01:00:00.000009') + INTERVAL n DIV 2 * 1234 SECOND
FROM numbers CROSS JOIN (SELECT 1 AS line UNION ALL SELECT 2 UNION ALL SELECT 3) AS three
WHERE n <= 8000 AND line <= 1 + n % 3;

UPDATE orders
JOIN (
  SELECT order_id, ROUND(SUM(quantity * unit_price * (1 - COALESCE(discount, 0))), 2) AS total FROM order_items GROUP BY order_id
) AS sums ON sums.order_id = orders.id
SET orders.total = sums.total, orders.updated_at = orders.updated_at;

INSERT INTO payments (reference, order_id, method, amount, provider_number, provider_answer, paid_at, updated_at)
SELECT
  CONCAT('PAY-', UPPER(LEFT(SHA2(id, 224), 12)), '-', id), id,
  ELT(1 + id % 4, 'card', 'transfer', 'invoice', 'voucher'), total,
  18446744073709551615 - id,
  IF(id % 3 = 0, NULL, JSON_OBJECT('code', id % 100, 'text', 'zahlung "ok" ✓', 'nested', JSON_OBJECT('retry', NULL))),
  IF(id % 5 = 0, NULL, placed_at + INTERVAL 90 SECOND),
  TIMESTAMP('2025-03-01 02:00:00.654321') + INTERVAL id DIV 3 * 1851 SECOND
FROM orders WHERE id <= 7000;

INSERT INTO reviews (id, product_id, customer_id, rating, title, body, updated_at)
SELECT
  n, 1 + n * 3 % 2000, 1 + n * 17 % 5000, 1 + n % 5,
  ELT(1 + n % 4, 'Great 👍', 'Not for me', 'Sehr schön', '最高'),
  IF(n % 9 = 0, NULL, CONCAT(REPEAT('Works as described. ', 1 + n % 12), ELT(1 + n % 3, '😀', '🤔', '👩‍👩‍👧‍👦'))),
  TIMESTAMP('2025-04-01 00:00:00.500') + INTERVAL n DIV 6 * 2400 SECOND
FROM numbers WHERE n <= 3000;

DROP TEMPORARY TABLE numbers;
