import type { ReactNode } from 'react';
import { beginHelp } from '../conversation/offers/begin-options.ts';
import type { Unfinished } from '../conversation/services.ts';
import type { WizardAction } from '../conversation/wizard-state.ts';
import { Frame } from '../ui/components/frame.tsx';
import { actOf } from '../ui/keys/bindings.ts';
import { HelpPage } from './help-page.tsx';
import { useHelp } from './hooks/use-help.ts';
import { beginKeys } from './keys/keys.ts';
import { BeginScreen } from './screens/begin-screen.tsx';

const title = 'A run that was not finished';

/** Before the first question: what should become of a run that was not finished. */
export function BeginPlace(props: {
	unfinished: Unfinished;
	isPractice: boolean;
	dispatch: (action: WizardAction) => void;
	onLeave: () => void;
}): ReactNode {
	const { unfinished, dispatch, onLeave } = props;
	const { isHelping, known, bindings } = useHelp(beginKeys(onLeave), true);
	return (
		<Frame product="pxpair" title={title} isPractice={props.isPractice} isTall bindings={bindings}>
			{isHelping ? (
				<HelpPage title={title} lines={beginHelp} bindings={known} />
			) : (
				<BeginScreen
					unfinished={unfinished}
					onGoOn={() => {
						unfinished.takeUp();
						dispatch({ type: 'go-on', draft: unfinished.draft, story: unfinished.story });
					}}
					onUndo={() => dispatch({ type: 'undo-first', story: unfinished.story })}
					onAnew={() => dispatch({ type: 'start-again' })}
					onLeave={onLeave}
					onHelp={actOf(known, '?')}
				/>
			)}
		</Frame>
	);
}
