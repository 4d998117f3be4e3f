import type { Node } from '../files.ts';
import {
	absolute,
	baseName,
	complain,
	Exit,
	nodeIfAny,
	type Process,
	type Program,
	say,
} from '../process.ts';
import { startCommand } from '../run.ts';
import { matches } from '../shell/pattern.ts';
import { sizeOf } from './listing.ts';
import { join } from './paths.ts';

type Found = Readonly<{ path: string; node: Node; depth: number }>;
type Test = (found: Found) => boolean | Promise<boolean>;

/** `find`: the tests and actions that people use, joined by `and`, `or` and `not`. */
export const find: Program = async (process, args) => {
	const first = args.findIndex(word => /^[-!(]/.test(word));
	const starts = args.slice(0, first < 0 ? args.length : first);
	const plan = readPlan(process, first < 0 ? [] : args.slice(first));
	let status = 0;
	const visit = async (found: Found): Promise<void> => {
		if (!plan.depthFirst && found.depth >= plan.least) await plan.test(found);
		if (found.node.kind === 'folder' && found.depth < plan.most) {
			for (const [name, node] of [...found.node.entries])
				await visit({ path: join(found.path, name), node, depth: found.depth + 1 });
		}
		if (plan.depthFirst && found.depth >= plan.least) await plan.test(found);
	};
	for (const path of starts.length > 0 ? starts : ['.']) {
		const node = nodeIfAny(process, path, 'keep');
		if (node) await visit({ path, node, depth: 0 });
		else {
			await complain(process, `‘${path}’: No such file or directory`);
			status = 1;
		}
	}
	for (const finish of plan.last) status = (await finish()) || status;
	return status;
};

type Plan = Readonly<{
	test: Test;
	least: number;
	most: number;
	depthFirst: boolean;
	last: readonly (() => Promise<number>)[];
}>;

function readPlan(process: Process, args: readonly string[]): Plan {
	const left = [...args];
	const last: (() => Promise<number>)[] = [];
	let least = 0;
	let most = Number.POSITIVE_INFINITY;
	let acts = false;
	let depthFirst = false;
	const take = (name: string) => {
		const word = left.shift();
		if (word === undefined) throw new Exit(1, `missing argument to \`${name}'`);
		return word;
	};
	const print =
		(end: string): Test =>
		async ({ path }) => {
			await say(process, `${path}${end}`);
			return true;
		};

	function any(): Test {
		let test = all();
		while (left[0] === '-o' || left[0] === '-or') {
			left.shift();
			const [before, after] = [test, all()];
			test = async found => (await before(found)) || after(found);
		}
		return test;
	}

	function all(): Test {
		let test: Test = () => true;
		while (left.length > 0 && !['-o', '-or', ')'].includes(left[0] ?? '')) {
			if (left[0] === '-a' || left[0] === '-and') left.shift();
			const [before, after] = [test, one()];
			test = async found => (await before(found)) && after(found);
		}
		return test;
	}

	function one(): Test {
		const name = take('find');
		switch (name) {
			case '!':
			case '-not': {
				const test = one();
				return async found => !(await test(found));
			}
			case '(': {
				const test = any();
				left.shift();
				return test;
			}
			case '-maxdepth':
				most = Number(take(name));
				return () => true;
			case '-mindepth':
				least = Number(take(name));
				return () => true;
			case '-depth':
				depthFirst = true;
				return () => true;
			case '-name':
			case '-iname':
			case '-path': {
				const pattern = take(name);
				const low = (text: string) => (name === '-iname' ? text.toLowerCase() : text);
				return ({ path }) => matches(low(pattern), low(name === '-path' ? path : baseName(path)));
			}
			case '-type': {
				const kind = { f: 'file', d: 'folder', l: 'link', c: 'device' }[take(name)];
				return ({ node }) => node.kind === kind;
			}
			case '-empty':
				return ({ node }) => (node.kind === 'folder' ? node.entries.size === 0 : sizeOf(node) === 0);
			case '-size':
				return sized(take(name));
			case '-newer': {
				const time = nodeIfAny(process, take(name))?.modified ?? 0;
				return ({ node }) => node.modified > time;
			}
			case '-mmin':
			case '-mtime':
				return aged(process, take(name), name === '-mmin' ? 60_000 : 86_400_000);
			default:
				return action(name);
		}
	}

	function action(name: string): Test {
		acts = true;
		switch (name) {
			case '-print':
				return print('\n');
			case '-print0':
				return print('\0');
			case '-prune':
			case '-quit':
				throw new Exit(1, `${name}: not known to the practice pods`);
			case '-delete':
				depthFirst = true;
				return ({ path }) => {
					process.container.files.remove(absolute(process, path));
					return true;
				};
			case '-exec':
				return execute();
			default:
				throw new Exit(1, `unknown predicate \`${name}'`);
		}
	}

	function execute(): Test {
		const end = left.findIndex((word, index) => word === ';' || (word === '+' && left[index - 1] === '{}'));
		if (end < 0) throw new Exit(1, "missing argument to `-exec'");
		const words = left.splice(0, end);
		if (left.shift() === ';') {
			return async ({ path }) =>
				(await startCommand(
					process,
					words.map(word => word.replaceAll('{}', path)),
				).done) === 0;
		}
		const paths: string[] = [];
		last.push(async () =>
			paths.length > 0 ? startCommand(process, [...words.slice(0, -1), ...paths]).done : 0,
		);
		return ({ path }) => paths.push(path) > 0;
	}

	const test = any();
	const printed: Test = async found => (await test(found)) && print('\n')(found);
	return { test: acts ? test : printed, least, most, depthFirst, last };
}

function sized(text: string): Test {
	const [, sign, count = '0', unit = 'b'] = /^([-+]?)(\d+)([bcwkMG]?)$/.exec(text) ?? [];
	const units: Readonly<Record<string, number>> = { c: 1, w: 2, k: 1024, M: 1024 ** 2, G: 1024 ** 3 };
	return ({ node }) => compare(sign, Math.ceil(sizeOf(node) / (units[unit] ?? 512)), Number(count));
}

/** By the clock of the container; `+10` is more than ten whole ones. */
function aged(process: Process, text: string, unit: number): Test {
	const [, sign, count = '0'] = /^([-+]?)(\d+)$/.exec(text) ?? [];
	return ({ node }) =>
		compare(sign, Math.floor((process.container.now() - node.modified) / unit), Number(count));
}

const compare = (sign: string | undefined, value: number, limit: number): boolean =>
	sign === '+' ? value > limit : sign === '-' ? value < limit : value === limit;
