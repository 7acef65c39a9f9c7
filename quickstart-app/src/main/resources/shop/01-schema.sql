-- The sample shop. It runs as it is on MySQL and MariaDB, in whichever database the session has chosen.
-- Tables with updated_at are synchronised incrementally; currencies and stock have no such column and are refreshed as a whole.

CREATE TABLE currencies (
  code CHAR(3) NOT NULL,
  name VARCHAR(60) NOT NULL,
  symbol VARCHAR(8) NOT NULL,
  minor_digits TINYINT UNSIGNED NOT NULL DEFAULT 2,
  PRIMARY KEY (code)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE customers (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  email VARCHAR(190) NOT NULL,
  name VARCHAR(120) NOT NULL,
  born DATE NULL,
  status ENUM('new', 'active', 'blocked') NOT NULL DEFAULT 'new',
  newsletter BOOL NOT NULL DEFAULT FALSE,
  preferences JSON NULL,
  password_hash VARBINARY(32) NOT NULL,
  currency CHAR(3) NOT NULL DEFAULT 'EUR',
  created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY customers_email (email),
  KEY customers_updated_at (updated_at),
  CONSTRAINT customers_currency FOREIGN KEY (currency) REFERENCES currencies (code)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE addresses (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  kind ENUM('billing', 'delivery') NOT NULL,
  street VARCHAR(160) NOT NULL,
  postcode VARCHAR(12) NOT NULL,
  city VARCHAR(80) NOT NULL,
  country CHAR(2) NOT NULL,
  updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY addresses_updated_at (updated_at),
  CONSTRAINT addresses_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE categories (
  id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  parent_id SMALLINT UNSIGNED NULL,
  name VARCHAR(80) NOT NULL,
  slug VARCHAR(80) NOT NULL,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (id),
  UNIQUE KEY categories_slug (slug),
  KEY categories_updated_at (updated_at),
  CONSTRAINT categories_parent FOREIGN KEY (parent_id) REFERENCES categories (id)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE products (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  sku VARCHAR(32) NOT NULL,
  name VARCHAR(200) NOT NULL,
  description TEXT NULL,
  price DECIMAL(12,4) NOT NULL,
  currency CHAR(3) NOT NULL DEFAULT 'EUR',
  weight_kg DOUBLE NULL,
  attributes JSON NULL,
  thumbnail VARBINARY(64) NULL,
  discontinued BOOL NOT NULL DEFAULT FALSE,
  released DATE NULL,
  updated_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY products_sku (sku),
  KEY products_updated_at (updated_at),
  CONSTRAINT products_currency FOREIGN KEY (currency) REFERENCES currencies (code)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE product_categories (
  product_id INT UNSIGNED NOT NULL,
  category_id SMALLINT UNSIGNED NOT NULL,
  position SMALLINT NOT NULL DEFAULT 0,
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (product_id, category_id),
  KEY product_categories_updated_at (updated_at),
  CONSTRAINT product_categories_product FOREIGN KEY (product_id) REFERENCES products (id),
  CONSTRAINT product_categories_category FOREIGN KEY (category_id) REFERENCES categories (id)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE stock (
  product_id INT UNSIGNED NOT NULL,
  warehouse CHAR(3) NOT NULL,
  quantity INT NOT NULL DEFAULT 0,
  PRIMARY KEY (product_id, warehouse),
  CONSTRAINT stock_product FOREIGN KEY (product_id) REFERENCES products (id)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE orders (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  address_id BIGINT UNSIGNED NOT NULL,
  status ENUM('placed', 'paid', 'shipped', 'delivered', 'cancelled') NOT NULL DEFAULT 'placed',
  currency CHAR(3) NOT NULL DEFAULT 'EUR',
  total DECIMAL(14,2) NOT NULL DEFAULT 0,
  note TEXT NULL,
  placed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  KEY orders_updated_at (updated_at),
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id),
  CONSTRAINT orders_address FOREIGN KEY (address_id) REFERENCES addresses (id),
  CONSTRAINT orders_currency FOREIGN KEY (currency) REFERENCES currencies (code)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE order_items (
  order_id BIGINT UNSIGNED NOT NULL,
  line SMALLINT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  quantity SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  unit_price DECIMAL(12,4) NOT NULL,
  discount DECIMAL(5,4) NULL,
  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (order_id, line),
  KEY order_items_updated_at (updated_at),
  CONSTRAINT order_items_order FOREIGN KEY (order_id) REFERENCES orders (id),
  CONSTRAINT order_items_product FOREIGN KEY (product_id) REFERENCES products (id)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE payments (
  reference VARCHAR(40) NOT NULL,
  order_id BIGINT UNSIGNED NOT NULL,
  method ENUM('card', 'transfer', 'invoice', 'voucher') NOT NULL,
  amount DECIMAL(14,2) NOT NULL,
  provider_number BIGINT UNSIGNED NOT NULL,
  provider_answer JSON NULL,
  paid_at TIMESTAMP(3) NULL DEFAULT NULL,
  updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (reference),
  KEY payments_updated_at (updated_at),
  CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders (id)
) DEFAULT CHARSET = utf8mb4;

CREATE TABLE reviews (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  product_id INT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  rating TINYINT UNSIGNED NOT NULL,
  title VARCHAR(120) NOT NULL,
  body TEXT NULL,
  updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY reviews_customer_product (customer_id, product_id),
  KEY reviews_updated_at (updated_at),
  CONSTRAINT reviews_product FOREIGN KEY (product_id) REFERENCES products (id),
  CONSTRAINT reviews_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
) DEFAULT CHARSET = utf8mb4;
