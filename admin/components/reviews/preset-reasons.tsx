import { useTranslation } from 'adminjs';
import { PRESET_REASONS } from '../lists/decisions.js';

/** Buttons that fill in a usual reason for hiding. */
export default function PresetReasons({
  resourceId,
  onChoose,
}: {
  resourceId: string;
  onChoose: (reason: string) => void;
}) {
  const { translateMessage } = useTranslation();
  return (
    <div className="filter-chips">
      {PRESET_REASONS.map((name) => {
        const reason = translateMessage(name, resourceId);
        return (
          <button key={name} type="button" className="list-button" onClick={() => onChoose(reason)}>
            {reason}
          </button>
        );
      })}
    </div>
  );
}
