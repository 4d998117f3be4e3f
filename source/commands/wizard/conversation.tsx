import { render } from 'ink';
import { App } from '../../app.tsx';
import type { Aftermath } from '../../conversation/story/aftermath.ts';
import type { planPairing } from '../../pairing/plan.ts';
import type { previewText } from '../../pairing/step/preview.ts';
import { PacedStdin } from '../../ui/keys/paced-stdin.ts';
import { themeFor } from '../../ui/theme.ts';
import { MistakeBoundary } from '../../wizard/mistake-boundary.tsx';
import { MakesRoom } from './makes-room.tsx';
import type { Converse } from './run-wizard.ts';
import { signalsOf } from './signals.ts';

/** The conversation on screens. */
export const converseOnScreens: Converse = async (
	host,
	services,
	{ common, banner, terminal, ...beginning },
) => {
	let aftermath: Aftermath = { kind: 'left-before-run' };
	const stdin = new PacedStdin(host.stdin);
	const planner = latePlanner(stdin);
	const { signals, end } = signalsOf(host);
	// Before Ink does, which is only after its first frame: what is typed or pasted until then would be echoed.
	stdin.setRawMode(true);
	host.stdout.write('\u001B[?2004h');
	try {
		const { waitUntilExit } = render(
			<MistakeBoundary>
				<MakesRoom terminal={terminal} suspend={host.suspend}>
					<App
						services={services}
						theme={themeFor({ env: host.environment, platform: host.platform, ...host.look })}
						{...beginning}
						signals={signals}
						isPractice={banner !== undefined}
						{...(common.patienceSeconds !== undefined && { patienceSeconds: common.patienceSeconds })}
						makePlan={planner.makePlan}
						printPreview={planner.printPreview}
						stopSignal={host.stop}
						onEnd={ended => {
							aftermath = ended;
						}}
					/>
				</MakesRoom>
			</MistakeBoundary>,
			{
				stdin: stdin as unknown as NodeJS.ReadStream,
				stdout: host.stdout,
				exitOnCtrlC: false,
				alternateScreen: true,
				patchConsole: false,
				incrementalRendering: true,
			},
		);
		// The first frame is drawn by now.
		await Promise.all([waitUntilExit(), planner.load()]);
	} finally {
		stdin.setRawMode(false);
		end();
	}
	return aftermath;
};

/** The steps and YAML, and zod with them, are not needed for the first frame. What is typed before they are there waits for them. */
function latePlanner(stdin: PacedStdin) {
	const release = stdin.hold();
	let loaded: Awaited<ReturnType<typeof loadPlanner>> | undefined;
	const planner = () => {
		if (!loaded) {
			throw new Error('A key went past the hold');
		}
		return loaded;
	};
	return {
		makePlan: ((...given) => planner().planPairing(...given)) satisfies typeof planPairing,
		printPreview: ((...given) => planner().previewText(...given)) satisfies typeof previewText,
		async load() {
			loaded = await loadPlanner();
			release();
		},
	};
}

async function loadPlanner() {
	const [{ planPairing }, { previewText }] = await Promise.all([
		import('../../pairing/plan.ts'),
		import('../../pairing/step/preview.ts'),
	]);
	return { planPairing, previewText };
}
