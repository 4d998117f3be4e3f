import { createContext, Script } from 'node:vm';
import { Exit } from '../process.ts';

/** While a pod computes, the clusters answer no one: what may take for ever is ended after half a second. */
export function bounded<T>(work: () => T): T {
	context.work = work;
	try {
		return script.runInContext(context, { timeout: 500 }) as T;
	} catch (error) {
		const isLate = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
		throw isLate ? new Exit(2, 'the pattern takes too long') : error;
	}
}

const context = createContext({});
const script = new Script('work()');

/** A regular expression that someone typed: one repetition of what can be read in two ways is enough to be tried for years. */
export class Pattern extends RegExp {
	override exec(text: string): RegExpExecArray | null {
		const isQuick = text.length < 16 || !/[*+}]/.test(this.source);
		return isQuick ? super.exec(text) : bounded(() => super.exec(text));
	}
}
