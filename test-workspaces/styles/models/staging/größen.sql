select 1 as id, 'M' as größe
