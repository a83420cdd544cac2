/** Files in the format `csv` with every kind of record. */
export const PLATFORMS = `name,about,website
Aurora,"Films of the north, and more",https://aurora.example/
Café,Small films,https://cafe.example/
`;

export const MOVIES = `id,title,storyline,platform,active
a,Twins,The first pair.,Aurora,
b,Twins,The second pair.,aurora,false
c,"A ""quoted""
title","Line one
line two",Café,1
`;

export const REVIEWS = `username,watchlist,rating,description
ana,a,5,"Good,
really"
Ben,a,2,
ANA,c,4.0,🎬
ana,b,1,Not the first
`;

/** The same movies with all that is known of them. */
export const DETAILED_MOVIES = `created,imdb_id,runtime,genres,kind,year,id,title,storyline,platform,active
2020-01-02T03:04:05.678Z,tt0000001,90,Drama|Sci-Fi \\| Fantasy,movie,1999,a,Twins,The first pair.,Aurora,
,tt12345678,,Docuseries,SHOW,2001.0,b,Twins,The second pair.,aurora,false
2021-02-03,,45,,,,c,"A ""quoted""
title","Line one
line two",Café,1
`;
