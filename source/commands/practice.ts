import { once } from 'node:events';
import { resolve } from 'node:path';
import { scenarios } from 'pxpair-practice/scenarios';
import { quote } from '../pairing/words/command.ts';
import { scenarioList } from './inputs/drills.ts';
import { startPracticeGround } from './inputs/practice-ground.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import { refusable } from './refusable.ts';

export type PracticeRequest = Readonly<{
	scenario: string | undefined;
	kubeconfig: string | undefined;
	/** Tells what there is, and serves nothing. */
	list: boolean;
}>;

/** `pxpair practice`: serves the practice clusters until the person has had enough. */
export const practiceCommand = (host: Host, request: PracticeRequest): Promise<ExitCode> =>
	refusable(host, { json: false, practice: true }, () => practice(host, request));

async function practice(host: Host, request: PracticeRequest): Promise<ExitCode> {
	if (request.list) {
		scenarioList().forEach(printer(host.out));
		return exitCode.done;
	}
	const file = request.kubeconfig && resolve(host.folder, request.kubeconfig);
	const ground = await startPracticeGround(request.scenario, 'fast', { kubeconfig: file });
	[
		ground.banner,
		`Scenario ${ground.scenario}: ${scenarios[ground.scenario].about}.`,
		'',
		'The contexts are east (source) and west (destination). In another terminal:',
		'',
		`  export KUBECONFIG=${quote(ground.kubeconfigFile)}`,
		'  kubectl --context east get pods -A',
		'  pxpair check --source east --destination west',
		'',
		'kubectl exec runs a pretend shell in the memory of this process: it reaches nothing of this machine.',
		'Ctrl-C ends them, and all that was made in them is gone.',
	].forEach(printer(host.out));
	if (!host.stop.aborted) {
		await once(host.stop, 'abort');
	}
	await ground.close();
	ground.lesson.forEach(printer(host.out));
	return exitCode.done;
}
