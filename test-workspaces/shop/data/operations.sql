-- The shop's own database, as its software would have left it: text where dates belong, a stray
-- duplicate, a missing name. Small enough to read, odd enough to need a model.
-- operations.duckdb beside it holds just this. After a change here, make it anew:
--   rm operations.duckdb
--   duckdb -cmd "attach 'operations.duckdb' as o (block_size 16384)" -cmd "use o" <operations.sql
create or replace table customers (id integer, full_name varchar, email varchar, country varchar, signed_up varchar);
insert into customers values
  (1, 'Ada Lovelace', 'ada@example.com', 'gb', '2024-01-15'),
  (2, 'Grace Hopper', 'GRACE@example.com', 'us', '2024-02-03'),
  (3, 'Edsger Dijkstra', 'edsger@example.com', 'nl', '2024-02-20'),
  (4, null, 'anonymous@example.com', 'de', '2024-03-11'),
  (5, 'Barbara Liskov', 'barbara@example.com', 'us', '2024-05-30');

create or replace table orders (id integer, customer_id integer, ordered_at timestamp, currency varchar, amount decimal(12, 2), status varchar);
insert into orders values
  (100, 1, '2024-06-01 09:12:00', 'GBP', 250.00, 'shipped'),
  (101, 2, '2024-06-02 17:40:10', 'USD', 80.50, 'shipped'),
  (102, 1, '2024-06-05 11:05:42', 'GBP', 410.25, 'shipped'),
  (103, 3, '2024-06-09 08:30:00', 'EUR', 35.00, 'returned'),
  (104, 5, '2024-07-01 20:15:33', 'USD', 999.99, 'shipped'),
  (105, 4, '2024-07-04 13:00:00', 'EUR', 12.40, 'open'),
  (106, 2, '2024-07-19 10:45:00', 'USD', 640.00, 'shipped'),
  (107, 3, '2024-08-02 16:20:00', 'EUR', 150.75, 'shipped');

create or replace table order_items (order_id integer, sku varchar, quantity integer, price decimal(12, 2));
insert into order_items values
  (100, 'LAMP-01', 2, 125.00), (101, 'CUP-07', 7, 11.50), (102, 'DESK-02', 1, 410.25),
  (103, 'CUP-07', 3, 11.67), (104, 'CHAIR-04', 3, 333.33), (105, 'CUP-07', 1, 12.40),
  (106, 'DESK-02', 1, 410.25), (106, 'LAMP-01', 1, 229.75), (107, 'LAMP-01', 1, 150.75);

create or replace table reviews (id integer, sku varchar, review_text varchar);
insert into reviews values
  (1, 'LAMP-01', 'I love this lamp, it is great.'),
  (2, 'CUP-07', 'Broke on the first day. Terrible.'),
  (3, 'CHAIR-04', 'It is a chair.');
