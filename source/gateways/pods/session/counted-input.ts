/** The last line of what a script in a pod is given. */
const end = 'pxpair-end';
/** EX_DATAERR of sysexits.h: of no program that is run there. */
const brokenOff = 65;

/**
 * For scripts whose values come by standard input, one a line and counted: the end of that stream cannot be told over older API
 * servers. Input that breaks off, within a line or between two, runs nothing: half a name is another name.
 */
export const takes = `take() { IFS= read -r "$1" || exit ${brokenOff}; }`;

/** To be run before anything that was taken is used. */
export const takesEnd = `take end
[ "$end" = ${end} ] || exit ${brokenOff}`;

/** The input that goes with such a script. A line break would make two values of one: answers refuse them. */
export function countedInput(lines: readonly string[]): string {
	if (lines.some(line => /[\n\r\0]/.test(line))) {
		throw new RangeError('a value for a pod holds a line break');
	}
	return `${lines.join('\n')}\n${end}\n`;
}
