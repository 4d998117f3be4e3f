import { Exit, type Program, say } from '../process.ts';
import { optionsIn } from './options.ts';

/** In UTC, as nodes are. */
export const date: Program = async (process, args) => {
	const { value, has, rest } = optionsIn(args, 'uRd:I', { utc: 'u', date: 'd', iso: 'I' });
	const given = value('d');
	const now = process.container.now();
	const time = given === undefined ? now : timeIn(given, now);
	if (Number.isNaN(time)) throw new Exit(1, `invalid date '${given}'`);
	if (rest[0] !== undefined && !rest[0].startsWith('+'))
		throw new Exit(1, 'cannot set date: Operation not permitted');
	const usual = has('R') ? '%a, %d %b %Y %H:%M:%S +0000' : has('I') ? '%F' : '%a %b %e %H:%M:%S UTC %Y';
	await say(process, `${formatted(time, rest[0]?.slice(1) ?? usual)}\n`);
	return 0;
};

function timeIn(text: string, now: number): number {
	const [, seconds] = /^@(\d+)$/.exec(text) ?? [];
	if (seconds !== undefined) return Number(seconds) * 1000;
	const [, count, unit = '', ago] = /^([-+]?\d+) (second|minute|hour|day)s?( ago)?$/.exec(text) ?? [];
	if (count === undefined)
		return text === 'now' ? now : Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
	const length = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit] ?? 0;
	return now + Number(count) * length * (ago ? -1 : 1);
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As `strftime` would. */
export function formatted(time: number, format: string): string {
	const at = new Date(time);
	const two = (number: number) => String(number).padStart(2, '0');
	const parts: Readonly<Record<string, () => string>> = {
		Y: () => String(at.getUTCFullYear()),
		m: () => two(at.getUTCMonth() + 1),
		d: () => two(at.getUTCDate()),
		e: () => String(at.getUTCDate()).padStart(2),
		H: () => two(at.getUTCHours()),
		M: () => two(at.getUTCMinutes()),
		S: () => two(at.getUTCSeconds()),
		N: () => String(Math.floor((((time % 1000) + 1000) % 1000) * 1e6)).padStart(9, '0'),
		s: () => String(Math.floor(time / 1000)),
		a: () => days[at.getUTCDay()] ?? '',
		b: () => months[at.getUTCMonth()] ?? '',
		Z: () => 'UTC',
		z: () => '+0000',
		F: () => at.toISOString().slice(0, 10),
		T: () => at.toISOString().slice(11, 19),
		n: () => '\n',
		'%': () => '%',
	};
	return format.replaceAll(/%([A-Za-z%])/g, (found, letter: string) => parts[letter]?.() ?? found);
}
