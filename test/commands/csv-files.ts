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
