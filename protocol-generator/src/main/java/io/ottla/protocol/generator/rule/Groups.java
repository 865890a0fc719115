package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.Versions;
import io.ottla.protocol.generator.model.FieldModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields that one condition on the version can cover. */
final class Groups {
  private Groups() {}

  /** Neighbours that have their fixed places in the same versions, in order. */
  static List<List<FieldModel>> ofNeighbours(List<FieldModel> fields) {
    List<List<FieldModel>> groups = new ArrayList<>();
    Versions last = null;
    for (FieldModel field : fields) {
      if (!field.mandatory().equals(last)) {
        groups.add(new ArrayList<>());
        last = field.mandatory();
      }
      groups.get(groups.size() - 1).add(field);
    }
    return groups;
  }

  /** All that have their fixed places in the same versions, wherever those are. */
  static Map<Versions, List<FieldModel>> byVersions(List<FieldModel> fields) {
    Map<Versions, List<FieldModel>> groups = new LinkedHashMap<>();
    for (FieldModel field : fields) {
      groups.computeIfAbsent(field.mandatory(), versions -> new ArrayList<>()).add(field);
    }
    return groups;
  }
}
