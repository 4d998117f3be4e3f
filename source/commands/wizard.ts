import { type ExitCode, exitCode } from './exit-code.ts';
import { type Host, printer } from './host.ts';
import type { CommonOptions } from './options.ts';
import { runCommand } from './run.ts';

/** `pxpair` alone. On the practice clusters it pairs with answers of its own. */
export async function wizardCommand(host: Host, common: CommonOptions): Promise<ExitCode> {
	if (common.practice) {
		return runCommand(host, { file: undefined, json: false, common });
	}
	[
		'pxpair: there is nothing to ask here without a terminal',
		'  → Pair from an answers file: pxpair run FILE',
		'  → See it work without any cluster: pxpair --practice',
	].forEach(printer(host.err));
	return exitCode.badInput;
}
