package io.tillstream.runtime;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One setting of a record and of the records in it, with its whole path. Read by the loader and the reference page. */
record SettingShape(String path, Type type, Setting setting) {

    static List<SettingShape> leavesOf(Class<? extends Record> record) {
        List<SettingShape> leaves = new ArrayList<>();
        collect(record, "", leaves);
        return leaves;
    }

    private static void collect(Class<? extends Record> record, String prefix, List<SettingShape> leaves) {
        for (RecordComponent component : record.getRecordComponents()) {
            SettingShape shape = of(component, prefix);
            if (shape.isGroup()) {
                collect(shape.group(), shape.path + ".", leaves);
            } else {
                leaves.add(shape);
            }
        }
    }

    static SettingShape of(RecordComponent component, String prefix) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(component.getDeclaringRecord().getName() + "." + component.getName()
                    + " has no @Setting: nobody could set it");
        }
        return new SettingShape(prefix + setting.key(), component.getGenericType(), setting);
    }

    boolean isGroup() {
        return type instanceof Class<?> raw && raw.isRecord();
    }

    Class<? extends Record> group() {
        return ((Class<?>) type).asSubclass(Record.class);
    }

    boolean isOptional() {
        return rawType() == Optional.class;
    }

    boolean isList() {
        return rawType() == List.class;
    }

    boolean isRequired() {
        return !isOptional() && setting.def().equals(Setting.REQUIRED);
    }

    /** What one value is: the type itself, or what the Optional or List holds. */
    Class<?> elementType() {
        if (type instanceof ParameterizedType generic
                && generic.getActualTypeArguments()[0] instanceof Class<?> element) {
            return element;
        }
        if (type instanceof Class<?> raw) {
            return raw;
        }
        throw new IllegalStateException(path + " has a type that no setting can have: " + type);
    }

    private Type rawType() {
        return type instanceof ParameterizedType generic ? generic.getRawType() : type;
    }
}
