-- Runs once, when MySQL's volume is new: `backup --verify` restores a dump into a database that it makes and drops.
GRANT SELECT, INSERT, CREATE, ALTER, DROP, INDEX, REFERENCES, LOCK TABLES ON `marquee\_verify\_%`.* TO 'marquee'@'%';
