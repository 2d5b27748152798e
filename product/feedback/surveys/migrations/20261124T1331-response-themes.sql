-- Answers are sorted by topic as they come in. Text of before is sealed and nobody opens it for this: those answers have no topic.
alter table feedback.response add column themes text[] not null default '{}';
