package practice

// shops are the three that can be practised with. The first is chosen unless another is.
var shops = []shop{
	{
		ID: 51730426, UserID: 84120937, Name: "Blue Fern Pottery", Slug: "blue-fern-pottery",
		Title: "Stoneware for slow breakfasts", Currency: "EUR", Country: "IE",
		Sold: 1262, Reviews: 387, Rating: 4.9312, Created: 1521115200,
		Sections: []string{"Mugs and bowls", "Plates", "Vases", "Seconds"},
		Goods: []listing{
			{1640021101, "Speckled mug, 300 ml", 2800, 14, "active", 0},
			{1640021102, "Fern plate, set of two", 5400, 6, "active", 1},
			{1640021103, "Small ash-glaze vase", 3650, 3, "active", 2},
			{1640021104, "Tea bowl, moss green", 3200, 0, "draft", 0},
			{1640021105, "Porridge bowl, oatmeal glaze", 3400, 9, "active", 0},
			{1640021106, "Espresso cups, set of four", 6200, 5, "active", 0},
			{1640021107, "Serving plate with pressed ferns, 32 cm", 7800, 2, "active", 1},
			{1640021108, "Butter dish with a wooden lid", 4450, 7, "active", 1},
			{1640021109, "Bud vase, sea blue", 2250, 18, "active", 2},
			{1640021110, "Tall vase for branches", 8900, 1, "active", 2},
			{1640021111, "Second: mug with a wandering glaze", 1600, 4, "active", 3},
			{1640021112, "Honey pot", 3900, 0, "sold_out", 0},
		},
	},
	{
		ID: 52284917, UserID: 90375518, Name: "Red Oak Prints", Slug: "red-oak-prints",
		Title: "Linocuts of trees, pulled by hand", Currency: "USD", Country: "US",
		Sold: 3904, Reviews: 1045, Rating: 4.8704, Created: 1455580800,
		Sections: []string{"Prints", "Cards"},
		Goods: []listing{
			{1715530201, "Red oak in October, A4 linocut", 3400, 22, "active", 0},
			{1715530202, "Birch row, limited edition of 40", 7200, 11, "active", 0},
			{1715530203, "Leaf cards, pack of six", 1500, 60, "active", 1},
			{1715530204, "Old willow, A3 linocut", 5200, 8, "active", 0},
			{1715530205, "Winter cards, pack of ten", 2200, 35, "active", 1},
			{1715530206, "Cedar at night, trial print", 4100, 0, "draft", 0},
		},
	},
	{
		ID: 53961840, UserID: 97726104, Name: "Maple & Thread Handmade Gifts", Slug: "maple-and-thread",
		Title: "Embroidered things for new homes", Currency: "GBP", Country: "GB",
		Sold: 208, Reviews: 61, Rating: 5, Created: 1614556800,
		Sections: []string{"For the sofa", "For the wall"},
		Goods: []listing{
			{1802241301, "Maple leaf cushion cover", 2950, 4, "active", 0},
			{1802241302, "Name hoop, 15 cm", 2400, 9, "active", 1},
			{1802241303, "First home hoop with the street's name", 3100, 6, "active", 1},
			{1802241304, "Tea towel, three sprigs", 1450, 20, "active", 0},
		},
	},
}

// praise is what buyers write, with the stars they give.
var praise = []struct {
	Stars int
	Text  string
}{
	{5, "Even lovelier than in the pictures, and packed with great care."},
	{5, "A present for my sister, who rang me up about it at once."},
	{4, "Beautiful work. It took a week longer than I had hoped."},
	{5, "My second one. I shall need a third."},
	{5, ""},
	{3, "Nice, but smaller than I thought. I should have read the size."},
	{5, "Arrived quickly, and a note by hand was in the parcel."},
}
