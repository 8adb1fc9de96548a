select current_date as day, 1 as sessions
