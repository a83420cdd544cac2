import {
  type ActionJSON,
  type ActionResponse,
  buildActionClickHandler,
  useActionResponseHandler,
  useTranslation,
} from 'adminjs';
import type { MouseEvent } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useConfirmation } from '../actions/confirmation.js';

/** What an action is called on. */
interface Target {
  resourceId: string;
  recordId?: string;
  recordIds?: string[];
}

/**
 * Runs actions from a list: opens their page or drawer, or asks and calls them.
 * @param onDone called after an action that has no page
 */
export function useActions(
  onDone: (response: ActionResponse) => void,
): (event: MouseEvent | Event, action: ActionJSON, target: Target) => void {
  const translateFunctions = useTranslation();
  const navigate = useNavigate();
  const location = useLocation();
  const modalFunctions = useConfirmation();
  const actionResponseHandler = useActionResponseHandler(onDone);
  return (event, action, params) => {
    buildActionClickHandler({
      action,
      params: { ...params, recordId: params.recordId ?? '', recordIds: params.recordIds ?? [] },
      actionResponseHandler,
      navigate,
      location,
      translateFunctions,
      modalFunctions,
    })(event);
  };
}
