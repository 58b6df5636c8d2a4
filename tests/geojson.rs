//! A network as GeoJSON and back: nothing is lost, nothing is moved, and what is wrong is said with its place.

use std::path::{Path, PathBuf};

use fiberplan::World;
use fiberplan::formats::{
    network_folder_texts, read_network_folder, read_network_geojson, write_network_folder, write_network_geojson,
};
use fiberplan::network::Network;
use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn read(folder: &Path) -> Network {
    read_network_folder(folder, World::shipped().atlas()).unwrap_or_else(|error| panic!("{error}"))
}

/// Folder -> GeoJSON -> folder.
fn check_round_trip(folder: &Path) {
    let network = read(folder);
    let text = write_network_geojson(&network);
    let back =
        read_network_geojson("x.geojson", &text, World::shipped().atlas()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(network.to_parts(), back.to_parts());
    assert_eq!(write_network_geojson(&back), text);
    for ((name, before), (_, after)) in network_folder_texts(&network).iter().zip(network_folder_texts(&back)) {
        assert_eq!(*before, after, "{name}");
    }
}

#[test]
fn a_folder_comes_back_from_geojson() {
    for name in ["checks/clean", "networks/meridian"] {
        check_round_trip(&fixture(name));
    }
}

/// So does every network that is shipped.
#[test]
fn shipped_networks_come_back_from_geojson() {
    let networks = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/networks");
    for entry in std::fs::read_dir(networks).into_iter().flatten() {
        check_round_trip(&entry.expect("a folder").path());
    }
}

/// The fixtures are written as the writer writes, so that what comes back is also what stood in the files.
#[test]
fn the_files_themselves_come_back() {
    for name in ["checks/clean", "networks/meridian"] {
        let folder = fixture(name);
        let text = write_network_geojson(&read(&folder));
        let back = read_network_geojson("x.geojson", &text, World::shipped().atlas())
            .unwrap_or_else(|error| panic!("{error}"));
        let target = tempfile::tempdir().expect("a temporary folder");
        write_network_folder(&back, target.path()).unwrap_or_else(|error| panic!("{error}"));
        for file in ["nodes.csv", "segments.csv", "sources.csv", "network.toml"] {
            let read = |folder: &Path| std::fs::read_to_string(folder.join(file)).expect("the file is there");
            let (before, after) = (read(&folder), read(target.path()));
            // One number of the fixture is written with a digit too many for a double.
            assert_eq!(before.replace("-18.100000000000001", "-18.1"), after, "{name}/{file}");
        }
    }
}

#[test]
fn lines_are_cut_at_the_meridian() {
    let text = write_network_geojson(&read(&fixture("networks/meridian")));
    let root: Value = serde_json::from_str(&text).expect("the writer writes JSON");
    let features = root["features"].as_array().expect("a list of features");
    let line = |id: &str| {
        let feature = features.iter().find(|feature| feature["properties"]["id"] == id).expect("it is there");
        (feature["geometry"]["type"].clone(), feature["geometry"]["coordinates"].clone())
    };
    // Half way in longitude from 179.19417 to -171.7666...: 0.80583 of 9.0391633... degrees.
    let share = 0.80583 / (0.80583 + 180.0 - 171.766_666_666_666_68);
    let lat = -8.52425 + share * (-13.83 + 8.52425);
    let (kind, parts) = line("funafuti-apia");
    assert_eq!(kind, "MultiLineString");
    let at = |part: usize, point: usize, axis: usize| parts[part][point][axis].as_f64().expect("a number");
    assert_eq!((at(0, 0, 0), at(0, 1, 0), at(1, 0, 0)), (179.19417, 180.0, -180.0));
    assert!((at(0, 1, 1) - lat).abs() < 1e-12 && at(0, 1, 1) == at(1, 0, 1), "{parts}");
    assert_eq!(line("apia-suva").1.as_array().map(Vec::len), Some(4), "three passages");
    assert_eq!(line("labasa-suva").0, "LineString");
    for feature in features {
        let longitudes = |part: &Value| -> Vec<f64> {
            part.as_array().expect("a part").iter().filter_map(|point| point[0].as_f64()).collect()
        };
        let geometry = &feature["geometry"];
        let parts: Vec<Vec<f64>> = match geometry["type"].as_str() {
            Some("LineString") => vec![longitudes(&geometry["coordinates"])],
            Some("MultiLineString") => {
                geometry["coordinates"].as_array().expect("parts").iter().map(longitudes).collect()
            }
            _ => continue,
        };
        for part in parts {
            assert!(part.windows(2).all(|pair| (pair[0] - pair[1]).abs() <= 180.0), "{feature}");
        }
    }
}

#[test]
fn values_have_types() {
    let text = write_network_geojson(&read(&fixture("networks/meridian")));
    let root: Value = serde_json::from_str(&text).expect("the writer writes JSON");
    assert_eq!(root["network"]["schema"], 1);
    assert_eq!(root["gateways"]["FJ"], serde_json::json!(["suva", "labasa"]));
    assert_eq!(root["sources"][0], serde_json::json!({"id": "gazetteer", "title": "A gazetteer, with commas"}));
    let find = |id: &str| {
        let features = root["features"].as_array().expect("a list");
        features.iter().find(|feature| feature["properties"]["id"] == id).expect("it is there")["properties"].clone()
    };
    assert_eq!(
        find("apia-suva"),
        serde_json::json!({
            "id": "apia-suva", "name": "Sea leg, the \"long\" one", "system": "Tui", "from": "suva", "to": "apia",
            "medium": "submarine", "status": "in_service", "ready_year": 2018, "owners": ["Owner A", "Owner B"],
            "length_km": 1344.56789, "length_kind": "published", "capacity_gbps": 0.1, "fiber_pairs": 2,
            "terrain": "deep_sea", "srlg": ["tonga-trench", "reef"], "confidence": "published",
            "sources": ["gazetteer"],
        })
    );
    assert_eq!(
        find("funafuti"),
        serde_json::json!({
            "id": "funafuti", "name": "Funafuti, the atoll", "kind": "city", "country": "TV",
            "sources": ["gazetteer", "survey"],
        })
    );
    assert_eq!(find("funafuti-apia")["drawn"], false);
}

/// Writes the clean network as GeoJSON, changes it, and reads it: the error and its hint.
fn check_error(change: impl Fn(&mut Value), expected: &str, hint: &str) {
    let text = write_network_geojson(&read(&fixture("checks/clean")));
    let mut root: Value = serde_json::from_str(&text).expect("the writer writes JSON");
    change(&mut root);
    let error = read_network_geojson("x.geojson", &root.to_string(), World::shipped().atlas()).expect_err(expected);
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.hint.unwrap_or_default(), hint, "{expected}");
}

#[test]
fn errors_name_the_feature_and_the_field() {
    let all = "a network has the members `network`, `sources` and `features` beside the type";
    let remove = |root: &mut Value, key: &str| {
        root.as_object_mut().expect("an object").remove(key);
    };
    check_error(|root| remove(root, "network"), "x.geojson: missing member \"network\"", all);
    check_error(|root| remove(root, "features"), "x.geojson: missing member \"features\"", all);
    check_error(|root| root["features"] = 3.into(), "x.geojson: `features`: expected an array, found 3", "");
    check_error(|root| root["features"] = serde_json::json!([]), "x.geojson: has no nodes", "");
    check_error(
        |root| root["network"]["schema"] = 2.into(),
        "x.geojson: `network.schema`: expected 1, found 2",
        "this version of fiberplan reads networks of schema 1",
    );
    check_error(
        |root| root["network"]["license"] = "MIT".into(),
        "x.geojson: `network`: unknown key \"license\"",
        "did you mean \"licence\"?",
    );
    check_error(
        |root| root["gateways"]["EE"] = serde_json::json!(["helsinki"]),
        "x.geojson: `gateways.EE`: gateway \"helsinki\" of EE is not a node of that country",
        "it may be one of: tallinn, tartu",
    );
    check_error(
        |root| root["features"][1]["geometry"]["coordinates"] = serde_json::json!([24.7, 95]),
        "x.geojson: `features[1].geometry`: expected a latitude from -90 to 90 degrees, found 95",
        "",
    );
    check_error(
        |root| root["features"][1]["geometry"] = Value::Null,
        "x.geojson: `features[1].geometry`: expected a Point (a node), a LineString or a MultiLineString (a segment), \
         found no geometry",
        "",
    );
    check_error(
        |root| root["features"][4]["properties"]["lenght_km"] = 12.into(),
        "x.geojson: `features[4]`: unknown property \"lenght_km\"",
        "did you mean \"length_km\"?",
    );
    check_error(
        |root| root["features"][4]["properties"]["length_km"] = (-12).into(),
        "x.geojson: `features[4].length_km`: expected a length above 0 and at most 100000 km, found \"-12\"",
        "leave the cell empty where the length is not known",
    );
    check_error(
        |root| root["features"][4]["properties"]["to"] = "tarto".into(),
        "x.geojson: `features[4].to`: no node has the id \"tarto\"",
        "did you mean \"tartu\"?",
    );
    check_error(
        |root| root["features"][4]["properties"]["id"] = "helsinki-tallinn".into(),
        "x.geojson: `features[4].id`: segment id \"helsinki-tallinn\" is used twice (first in features[3])",
        "parallel cables are welcome, each under an id of its own",
    );
    check_error(
        |root| root["features"][4]["properties"]["owners"] = serde_json::json!(["a;b"]),
        "x.geojson: `features[4].owners`: expected texts without a semicolon, found \"a;b\"",
        "",
    );
    check_error(
        |root| {
            root["features"][4]["geometry"] =
                serde_json::json!({"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]});
        },
        "x.geojson: `features[4].geometry`: the parts do not join: each must begin where the one before it ended, \
         across the 180th meridian",
        "",
    );
}

#[test]
fn text_that_is_no_network() {
    let check = |text: &str, expected: &str| {
        let error = read_network_geojson("x.geojson", text, World::shipped().atlas()).expect_err(expected);
        assert_eq!(error.to_string(), expected);
    };
    check("{\n\"type\": oops}", "x.geojson:2: not JSON: expected value");
    check("[]", "x.geojson: not a GeoJSON FeatureCollection");
    check("{\"type\": \"Feature\"}", "x.geojson: not a GeoJSON FeatureCollection");
}
