select {{ var('depth') }} as depth, {{ var('width') }} as width
