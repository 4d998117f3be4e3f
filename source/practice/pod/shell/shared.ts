import { Exit, type Process, say, signalNamed, signals } from '../process.ts';
import { test } from './condition.ts';
import { printf, unescaped } from './printf.ts';

const ok = async () => 0;
/** What is a program, too. */
export const shared: Readonly<
	Record<string, (process: Process, args: readonly string[]) => Promise<number>>
> = {
	true: ok,
	false: async () => 1,
	async echo(process, args) {
		const options = args.findIndex(word => !/^-[neE]+$/.test(word));
		const words = args.slice(options < 0 ? args.length : options);
		const flags = args.slice(0, args.length - words.length).join('');
		const plain = words.join(' ');
		const { text, ends } = flags.includes('e') ? unescaped(plain) : { text: plain, ends: false };
		await say(process, ends || flags.includes('n') ? text : `${text}\n`);
		return 0;
	},
	async printf(process, args) {
		if (args.length === 0) throw new Exit(2, 'usage: printf [-v var] format [arguments]');
		await say(process, printf(args[0] === '--' ? args.slice(1) : args));
		return 0;
	},
	test: async (process, args) => Number(!test(process, args)),
	async '['(process, args) {
		if (args.at(-1) !== ']') throw new Exit(2, "missing `]'");
		return Number(!test(process, args.slice(0, -1)));
	},
	async pwd(process) {
		await say(process, `${process.cwd}\n`);
		return 0;
	},
	kill,
};

async function kill({ container, ...process }: Process, args: readonly string[]): Promise<number> {
	if (args[0] === '-l') {
		await say({ container, ...process }, `${Object.keys(signals).join(' ')}\n`);
		return 0;
	}
	const [, flag] = /^-(\w+)$/.exec(args[0] ?? '') ?? [];
	const named = flag === 's' ? args[1] : flag;
	const ids = args.slice(flag === 's' ? 2 : flag === undefined ? 0 : 1);
	if (ids.length === 0)
		throw new Exit(2, 'usage: kill [-s sigspec | -signum | -sigspec] pid | jobspec ... or kill -l [sigspec]');
	const name = signalNamed(named ?? 'TERM');
	if (!name && named !== '0') throw new Exit(1, `${named}: invalid signal specification`);
	let status = 0;
	for (const id of ids) {
		// The first process of a container, which is not there, takes no signal from within.
		const found = container.processes.get(Math.abs(Number(id)));
		if (found && name) found.kill(name);
		else if (!found && id !== '1') {
			await say({ container, ...process }, `kill: (${id}) - No such process\n`, 2);
			status = 1;
		}
	}
	return status;
}
