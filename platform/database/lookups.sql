-- The look-ups that come before a context exists. Each tells as little as its caller needs; their owner logs in nowhere, is a
-- member of nothing and holds column grants on just these tables.
grant usage on schema identity, platform, ledger to qms_lookup;
grant create on schema app to qms_lookup;
grant select (id, login_bidx, closed_at) on identity.person to qms_lookup;
grant select on identity.credential, identity.session to qms_lookup;
grant select (clinic_id, slug, state, shard) on identity.clinic_route to qms_lookup;
grant select (clinic_id, id, hash) on platform.link_token to qms_lookup;
grant select (id, hash, person_id) on identity.link_token to qms_lookup;
grant select (clinic_id) on ledger.outbox to qms_lookup;
grant select (clinic_id, member_id, person_id, state) on identity.membership to qms_lookup;
grant select (clinic_id, member_id, user_type, starts_at, ends_at) on identity.member_type to qms_lookup;
grant select (person_id, state) on identity.message to qms_lookup;
grant select (clinic_id, state, send_after) on platform.message to qms_lookup;

create function app.find_login(bidx bytea) returns table (person_id uuid, secret text, failures int, wait_until timestamptz)
  language sql stable security definer set search_path = '' as $$
  select p.id, c.secret, c.failures, c.wait_until from identity.person p left join identity.credential c on c.person_id = p.id and c.kind = 'password'
  where p.login_bidx = bidx and p.closed_at is null $$;
create function app.find_clinic(address text) returns table (id uuid, state text, shard text)
  language sql stable security definer set search_path = '' as $$
  select r.clinic_id, r.state, r.shard from identity.clinic_route r where r.slug = address $$;
create function app.find_clinics() returns table (id uuid)
  language sql stable security definer set search_path = '' as $$
  select r.clinic_id from identity.clinic_route r where r.state <> 'closed' $$;
create function app.find_session(hash bytea) returns setof identity.session
  language sql stable security definer set search_path = '' as $$
  select * from identity.session s where s.sid_hash = hash $$;
create function app.find_link(h bytea) returns table (clinic_id uuid, id uuid)
  language sql stable security definer set search_path = '' as $$
  select t.clinic_id, t.id from platform.link_token t where t.hash = h $$;
create function app.find_person_link(h bytea) returns table (id uuid, person_id uuid)
  language sql stable security definer set search_path = '' as $$
  select t.id, t.person_id from identity.link_token t where t.hash = h $$;
create function app.find_unsequenced() returns table (clinic_id uuid)
  language sql stable security definer set search_path = '' as $$
  select distinct o.clinic_id from ledger.outbox o $$;
-- Who a person is in a clinic: asked once a session and clinic, then kept in memory.
create function app.find_member(person uuid, address text) returns table (clinic_id uuid, member_id uuid, clinic_state text, member_state text, types text[])
  language sql stable security definer set search_path = '' as $$
  select r.clinic_id, m.member_id, r.state, m.state,
    array(select t.user_type from identity.member_type t where t.clinic_id = m.clinic_id and t.member_id = m.member_id
          and t.starts_at <= now() and (t.ends_at is null or t.ends_at > now()) order by t.user_type)
  from identity.clinic_route r join identity.membership m on m.clinic_id = r.clinic_id and m.person_id = person where r.slug = address $$;
create function app.find_due_mail() returns table (clinic_id uuid)
  language sql stable security definer set search_path = '' as $$
  select distinct m.clinic_id from platform.message m where m.state = 'waiting' and m.send_after <= now() $$;
-- People who were ever written to outside a clinic: for the demo's page of letters.
create function app.find_lettered_people() returns table (person_id uuid)
  language sql stable security definer set search_path = '' as $$
  select distinct m.person_id from identity.message m limit 200 $$;
create function app.find_waiting_letters() returns table (person_id uuid)
  language sql stable security definer set search_path = '' as $$
  select distinct m.person_id from identity.message m where m.state = 'waiting' $$;

do $$
declare
  f text;
begin
  foreach f in array array['find_login(bytea)', 'find_clinic(text)', 'find_clinics()', 'find_session(bytea)', 'find_link(bytea)', 'find_person_link(bytea)',
      'find_unsequenced()', 'find_member(uuid, text)', 'find_waiting_letters()', 'find_due_mail()', 'find_lettered_people()'] loop
    execute format('alter function app.%s owner to qms_lookup', f);
    execute format('revoke all on function app.%s from public', f);
  end loop;
end $$;
revoke create on schema app from qms_lookup;
grant execute on function app.find_login(bytea), app.find_clinic(text), app.find_session(bytea), app.find_link(bytea), app.find_person_link(bytea),
  app.find_member(uuid, text) to qms_app;
grant execute on function app.find_clinics(), app.find_clinic(text), app.find_waiting_letters(), app.find_due_mail(), app.find_lettered_people() to qms_worker;
grant execute on function app.find_clinics() to qms_app;
grant execute on function app.find_unsequenced() to qms_audit;

-- A job enters the queue in the transaction of its fact; the clinic comes from the sealed context, never from the caller.
create function app.enqueue(task text, payload jsonb, job_key text default null, run_at timestamptz default null) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  if app.clinic_id() is null then raise exception 'no clinic' using errcode = '42501'; end if;
  perform graphile_worker.add_job(task, json_build_object('clinic', app.clinic_id(), 'data', payload), job_key => job_key, run_at => run_at, max_attempts => 5);
end $$;
grant create on schema app to qms_keeper;
alter function app.enqueue(text, jsonb, text, timestamptz) owner to qms_keeper;
revoke create on schema app from qms_keeper;
revoke all on function app.enqueue(text, jsonb, text, timestamptz) from public;
grant execute on function app.enqueue(text, jsonb, text, timestamptz) to qms_app, qms_worker;
grant execute on function app.clinic_id() to qms_keeper;
