import type { ReactNode } from 'react';
import { beginHelp } from '../conversation/offers/begin-options.ts';
import type { Unfinished } from '../conversation/services.ts';
import type { WizardAction } from '../conversation/wizard-state.ts';
import { FirstPlace } from './first-place.tsx';
import { BeginScreen } from './screens/begin-screen.tsx';

/** Before the first question: what should become of a run that was not finished. */
export function BeginPlace(props: {
	unfinished: Unfinished;
	isPractice: boolean;
	dispatch: (action: WizardAction) => void;
	onLeave: () => void;
}): ReactNode {
	const { unfinished, dispatch, onLeave } = props;
	return (
		<FirstPlace
			title="A run that was not finished"
			help={beginHelp}
			isPractice={props.isPractice}
			onLeave={onLeave}
		>
			{onHelp => (
				<BeginScreen
					unfinished={unfinished}
					onGoOn={() => {
						unfinished.takeUp();
						dispatch({ type: 'go-on', draft: unfinished.draft, story: unfinished.story });
					}}
					onUndo={() => dispatch({ type: 'undo-first', story: unfinished.story })}
					onAnew={() => dispatch({ type: 'start-again' })}
					onLeave={onLeave}
					onHelp={onHelp}
				/>
			)}
		</FirstPlace>
	);
}
