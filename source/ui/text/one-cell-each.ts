/** Text of signs that each take one cell, whatever is beside them: ASCII, Latin, and what our own screens are drawn with. */
export const oneCellEach =
	/^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2039\u203A\u2190-\u21FF\u23CE\u2500-\u25FC\u2714\u2716\u276F\u2800-\u28FF]*$/;
