insert into synonyms (word, means) values ('teapot', 'kettle'), ('teakettle', 'kettle'), ('duvet', 'blanket'), ('tv', 'projector')
  on conflict do nothing;
