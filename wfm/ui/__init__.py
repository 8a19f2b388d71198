"""The app: a face over the verbs. Started by `wfm app`, `streamlit run app.py` or `wfm.ui.launch.launch`."""
