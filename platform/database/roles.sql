-- Roles of the installation, made once a cluster, by its superuser. Passwords are set by the caller.
-- qms_owner owns, nobody logs in as it · qms_app serves people · qms_worker runs reactions and jobs · qms_audit moves the ledger
-- on · qms_keeper keeps seal keys, job queue and the listening connection and may touch no table of a clinic · qms_migrate logs in
-- for migrations alone · qms_lookup owns the few look-ups that come before a context exists.
do $$
declare
  name text;
begin
  foreach name in array array['qms_owner', 'qms_lookup'] loop
    if not exists (select from pg_roles where rolname = name) then execute format('create role %I nologin', name); end if;
  end loop;
  foreach name in array array['qms_app', 'qms_worker', 'qms_audit', 'qms_keeper', 'qms_migrate'] loop
    if not exists (select from pg_roles where rolname = name) then execute format('create role %I login', name); end if;
  end loop;
end $$;

alter role qms_lookup bypassrls;
grant qms_owner to qms_migrate;

-- The text of another connection of the same role stands in pg_stat_activity, and with it a neighbour's seal.
alter role qms_app set track_activities = off;
alter role qms_worker set track_activities = off;
alter role qms_audit set track_activities = off;
alter role qms_app set statement_timeout = '10s';
alter role qms_worker set statement_timeout = '60s';
