\set guest random(1, 1000000000000)
BEGIN;
SELECT taken, last_number FROM pool WHERE id = 1 AND taken < capacity FOR UPDATE;
INSERT INTO registration (pool, email, seats, status, number) VALUES (1, 'guest' || :guest || '@example.org', 1, 'CONFIRMED', :guest);
INSERT INTO job (kind, payload) VALUES ('registrations.tell', '{"registration":"019aa000-0000-7000-8000-000000000000","news":"Registered"}');
UPDATE pool SET taken = taken + 1, last_number = last_number + 1 WHERE id = 1;
COMMIT;
